"""What shapes can be asked about the law, and the graph that each kind of them looks at."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import Quad

from omissus.findings import Findings
from omissus.gap_shapes import GAPS
from omissus.losses import two_days
from omissus.orphans import graph_of_day
from omissus.overlaps import overlaps
from omissus.snapshot import snapshot


@dataclass(frozen=True)
class Family:
    """Shapes of one folder, and how the graph that they look at is made.

    `graph` takes the findings, the territory and the findings of the earlier day, if one is asked
    about.
    """

    folder: Path
    graph: Callable[[Findings, str, Findings | None], list[Quad]]


def _two_days(findings: Findings, territory: str, earlier: Findings | None) -> list[Quad]:
    if earlier is None:
        raise ValueError("Losses are found between two days: give the earlier one.")
    return two_days(earlier, findings, territory)


FAMILIES = {
    "gaps": Family(GAPS, lambda findings, place, _: snapshot(findings, place)),
    "conflicts": Family(
        Path("shapes") / "conflicts", lambda findings, place, _: overlaps(findings, place)
    ),
    "regressions": Family(Path("shapes") / "regressions", _two_days),
    "orphans": Family(
        Path("shapes") / "orphans",
        lambda findings, _, __: graph_of_day(findings.corpus, findings.day),
    ),
}
