"""Three SHACL engines of three makers find the same, result by result.

The fixtures in Testland are put to all three in test_shapes.py, orphans in test_orphans.py.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

from omissus.data import data_root
from omissus.findings import Findings
from omissus.graph import turtle_files
from omissus.overlaps import overlaps
from omissus.statistics import figure_graph
from omissus.statistics_codes import read_structure
from omissus.statistics_cube import figures_asked
from omissus.statistics_table import read_tables
from tests.shacl_engines import ENGINES, Found, n_triples, told, written
from tests.worlds import FEDERAL

ROOT = data_root()
TABLES = Path(__file__).parent / "testland" / "figures-lacking.csv"
LAST_YEAR = 2003
EVERY_TENTH = 10


def agreed(data: str, folder: str) -> set[Found]:
    """What every engine finds by the shapes of a folder, and no engine otherwise than another."""
    shapes = n_triples(*sorted((ROOT / "shapes" / folder).glob("*.ttl")))
    first, *others = (set(engine(data, shapes)) for engine in ENGINES.values())
    for other in others:
        assert other == first
    return first


def test_the_gap_shapes_find_the_same_in_real_law(snapshots):
    found = agreed(told(snapshots(date.today(), FEDERAL)), "gaps")
    assert len({row.source for row in found}) > 20


def test_the_shapes_on_conflicts_find_the_same_in_real_law(corpus):
    findings = Findings(corpus, date(2026, 11, 24))
    assert agreed(told(overlaps(findings, FEDERAL)), "conflicts")


def test_the_integrity_shapes_find_the_same_where_every_tenth_statement_is_lost():
    lines = n_triples(*turtle_files(ROOT)).splitlines(keepends=True)
    data = "".join(line for number, line in enumerate(lines) if number % EVERY_TENTH)
    assert len({row.source for row in agreed(data, "integrity")}) > 100


def test_the_shapes_on_figures_find_the_same_in_tables_that_lack_some():
    structure = read_structure(ROOT)
    tables = read_tables([TABLES], structure, LAST_YEAR)
    asked, _ = figures_asked(tables, structure, tuple(structure.asked), LAST_YEAR)
    assert agreed(written(figure_graph(tables, structure, asked, ROOT)), "statistics")
