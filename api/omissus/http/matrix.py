"""The matrix as a page shows it: demands by territory, each cell a symbol and a word."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from urllib.parse import urlencode

from omissus.corpus import Corpus, Requirement
from omissus.coverage import Verdict, combined
from omissus.findings import Cell
from omissus.jurisdiction import BASES, BaseFinding
from omissus.reports import SYMBOLS, act, family

SHORT = {"pk-is": "ICT", "pk-kp": "KP", "pk-gb": "GB", "pk-jk": "AJK"}
FOUND = {
    Verdict.PARTLY: "partly",
    Verdict.NOT_COVERED: "nothing",
    Verdict.OPTION_NOT_USED: "nothing",
}
SEX_WORDS = {"girl": "girls", "boy": "boys", "transgender": "transgender"}


@dataclass(frozen=True)
class Column:
    """A territory: the short name in the head of the table, and the whole one."""

    short: str
    label: str


@dataclass(frozen=True)
class Mark:
    """A verdict as it is shown: symbol, word, the address of its reasons, and what it rests on."""

    symbol: str
    word: str
    style: str
    href: str
    who: str
    note: str


@dataclass(frozen=True)
class Row:
    """A demand, with the marks of each territory."""

    slug: str
    label: str
    marks: tuple[tuple[Mark, ...], ...]


@dataclass(frozen=True)
class Family:
    """Demands of one provision under their common heading."""

    citation: str
    words: str
    modality: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Word:
    """A verdict's symbol, word and style, and how many findings carry it."""

    symbol: str
    word: str
    style: str
    number: int = 1


def style_of(verdict: Verdict) -> str:
    """Name of a verdict in the style sheet."""
    return verdict.value.replace(" ", "-")


def why(cell_id: str, day: date) -> str:
    """Address of the reasons of a finding on the law of a day."""
    return f"/why/{cell_id}?{urlencode({'at': day.isoformat()})}"


def resting_on(cell: Cell) -> str:
    """Whose law covers a demand in a province, or what the law found so far amounts to."""
    if cell.verdict is Verdict.NOT_ASSESSED:
        if not cell.findings.words_held(cell.territory):
            return "no text held"
        found = combined(cell.strict, cell.generous, cell.requirement.modality)
        return f"found: {FOUND.get(found, found.value)}"
    state = cell.findings.corpus.state_of[cell.territory]
    if cell.verdict is Verdict.COVERED and cell.territory != state:
        return "by federal law" if cell.federal is Verdict.COVERED else "own law"
    return ""


def mark(cell: Cell, day: date, who: str = "") -> Mark:
    """One finding as it is shown."""
    return Mark(
        symbol=SYMBOLS[cell.verdict],
        word=cell.verdict.value,
        style=style_of(cell.verdict),
        href=why(cell.id, day),
        who=who,
        note=resting_on(cell),
    )


def marks(cells: Sequence[Cell], day: date) -> tuple[Mark, ...]:
    """The findings of one demand in one territory; sexes are told apart only where they differ."""
    alike: dict[tuple[Verdict, str], list[Cell]] = {}
    for cell in cells:
        alike.setdefault((cell.verdict, resting_on(cell)), []).append(cell)
    if len(alike) == 1:
        return (mark(cells[0], day),)
    return tuple(
        mark(group[0], day, ", ".join(SEX_WORDS[cell.sex] for cell in group))
        for group in alike.values()
    )


def columns(corpus: Corpus, places: Sequence[str]) -> tuple[Column, ...]:
    """The heads of the columns."""
    slugs = (corpus.slug(place) for place in places)
    return tuple(
        Column(SHORT.get(slug, corpus.label(place)), corpus.label(place))
        for place, slug in zip(places, slugs, strict=True)
    )


def _row(requirement: Requirement, cells: Sequence[Cell], day: date) -> Row:
    by_place = groupby(cells, key=lambda cell: cell.territory)
    shown = tuple(marks(tuple(group), day) for _, group in by_place)
    return Row(requirement.slug, act(requirement), shown)


def families(cells: Sequence[Cell], day: date) -> tuple[Family, ...]:
    """The rows of the matrix under their headings, in the order of the treaty."""
    found = []
    for _, group in groupby(cells, key=lambda cell: family(cell.requirement)):
        rows, first = [], None
        for requirement, of_row in groupby(group, key=lambda cell: cell.requirement):
            first = first or requirement
            rows.append(_row(requirement, tuple(of_row), day))
        assert first is not None
        common, colon, _ = first.label.partition(": ")
        modality = first.modality.replace("-", " ")
        found.append(Family(first.citation, common if colon else "", modality, tuple(rows)))
    return tuple(found)


def word(verdict: Verdict, number: int = 1) -> Word:
    """A verdict as it is shown where it leads nowhere."""
    return Word(SYMBOLS[verdict], verdict.value, style_of(verdict), number)


def counts(cells: Sequence[Cell]) -> tuple[Word, ...]:
    """How many findings there are of each kind."""
    return tuple(word(v, sum(cell.verdict is v for cell in cells)) for v in Verdict)


def act_rows(bases: Sequence[BaseFinding]) -> tuple[tuple[str, tuple[Word | None, ...]], ...]:
    """Each Act with a verdict for each base of jurisdiction."""
    rows = []
    for citation, group in groupby(bases, key=lambda row: row.citation):
        by_base = {row.base.slug: word(row.verdict) for row in group}
        rows.append((citation, tuple(by_base.get(base.slug) for base in BASES)))
    return tuple(rows)
