"""The outcomes as a page of the documentation."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path

from omissus.http.documentation import FOLDER
from tests.w3c.outcomes import FAILED, OUT, PASSED, Outcome

PAGE: Path = FOLDER / "conformance.md"
HEAD = """# Conformance to SPARQL 1.1

The suites of the W3C (w3c/rdf-tests, `sparql/sparql11`) run against this endpoint over HTTP, by
`tests/w3c`. Their data are not part of the project: set `OMISSUS_CONFORMANCE` to a folder that
holds them, and `uv run python -m tests.w3c` writes this page anew.

The server only reads; no service has to take updates. A case that updates has passed when each
update is answered 403, by which HTTP refuses what it has understood (RFC 9110, 15.5.4), and the
data are the same afterwards; a case of the Graph Store Protocol that writes, when each write is
answered 405 with `Allow: GET, HEAD` and each read, in a store that holds what the write before it
would have left, finds that. Cases of evaluation name their data set by
`default-graph-uri` and `named-graph-uri`, the file of the query as `BASE`; rows are compared
without order, numbers by value, blank nodes up to their labels.

"""


def table(found: dict[str, Outcome]) -> str:
    """The page, as Markdown."""
    return HEAD + "\n".join(_lines(found))


def _lines(found: dict[str, Outcome]) -> Iterator[str]:
    by_suite = [(suite, list(rows)) for suite, rows in groupby(found.values(), lambda o: _suite(o))]
    yield from _rows(
        ("suite", "cases", PASSED, FAILED, OUT),
        ((suite, len(rows), *_counts(rows)) for suite, rows in by_suite),
    )
    for result, heading in ((FAILED, "Failed"), (OUT, "Not applicable")):
        told = [outcome for outcome in found.values() if outcome.result == result]
        yield f"\n## {heading}\n"
        yield from _rows(
            ("case", "what it asks", "reason"),
            ((f"`{outcome.case}`", outcome.title, outcome.reason) for outcome in told),
        )
    yield "\n## Passed\n"
    told = [outcome for outcome in found.values() if outcome.result == PASSED]
    yield from _rows(
        ("case", "what it asks", "how it was judged"),
        ((f"`{outcome.case}`", outcome.title, outcome.reason) for outcome in told),
    )
    yield ""


def _suite(outcome: Outcome) -> str:
    return outcome.case.partition("/")[0]


def _counts(rows: list[Outcome]) -> tuple[int, ...]:
    results = Counter(outcome.result for outcome in rows)
    return tuple(results[result] for result in (PASSED, FAILED, OUT))


def _rows(head: tuple[str, ...], rows: Iterable[tuple[object, ...]]) -> Iterator[str]:
    yield _row(head)
    yield _row("---" for _ in head)
    for row in rows:
        yield _row(str(cell).replace("|", "\\|").replace("*", "\\*") for cell in row)


def _row(cells: Iterable[object]) -> str:
    return f"| {' | '.join(map(str, cells))} |"
