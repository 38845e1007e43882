"""Which sections a copy of an Act prints, and whether each is encoded or said to be left out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from omissus.corpus import Corpus
from omissus.verify import copy_text
from omissus.vocabulary import om

NUMBER = r"\d+(?:-?[A-Z]{1,3})?"
HEADING = re.compile(
    rf"^#{{2,6}} +(?:(?:Section|Article) +({NUMBER})\b(?!\. This \w+ has been )"
    rf"|⟨[^⟩]*⟩\[({NUMBER})\b)",
    re.MULTILINE,
)
"""A heading that names a section: in words, or behind the mark of the footnote on its insertion.

A note that the instrument has been applied or extended somewhere is none, whatever number stands
before it where the lines of a page were taken apart.
"""
CITED = re.compile(rf"\b(?:ss?|arts?) ({NUMBER})")
LISTED = re.compile(rf"\b(?:ss?|arts?) ({NUMBER}(?:(?:, | and | to ){NUMBER})*)")
PART = re.compile(r"( save )?\((\d+[A-Z]?|[a-z]{1,4})\)")
"""A part of a section, kept in or left out beside the rest of it."""
STEP = re.compile(rf"(, | and | to |^)({NUMBER})")


@dataclass(frozen=True)
class SectionsRead:
    """The sections that the copies of an instrument print, by what became of them."""

    encoded: tuple[str, ...]
    left_out: tuple[str, ...]
    untold: tuple[str, ...]

    @property
    def number(self) -> int:
        """How many sections were read."""
        return len(self.encoded) + len(self.left_out) + len(self.untold)


def sections_read(corpus: Corpus, instrument: str, texts: Path) -> SectionsRead | None:
    """What became of each section that the copies of an instrument print.

    None where no copy in the folder has headings that name sections.
    """
    graph = corpus.graph
    records = graph.subjects(om("encodes"), instrument)
    told = [str(value) for record in records for value in graph.values(record, om("leftOut"))]
    copies = _copies(corpus, instrument, records) if told else ()
    printed = next(filter(None, (_printed(corpus, copy, texts) for copy in copies)), [])
    if not printed:
        return None
    citations = (
        corpus.citation(v.provision) for v in corpus.versions.values() if v.instrument == instrument
    )
    encoded = {name for citation in citations for name in CITED.findall(citation)}
    left_out = {s for line in told for s in named(line, printed)}
    return SectionsRead(
        encoded=tuple(s for s in printed if s in encoded),
        left_out=tuple(s for s in printed if s in left_out - encoded),
        untold=tuple(s for s in printed if s not in left_out | encoded),
    )


def _copies(corpus: Corpus, instrument: str, records: Iterable[str]) -> Iterator[str]:
    """The copies of an instrument, those first from which most of its versions were read.

    A file that holds another instrument beside it, with no heading to tell them apart, is none.
    """
    graph = corpus.graph
    versions = (v.iri for v in corpus.versions.values() if v.instrument == instrument)
    read = Counter(text for version in versions for text in graph.iris(version, om("readFrom")))
    known = (text for record in records for text in graph.iris(record, om("readFrom")))
    for copy in [text for text, _ in read.most_common()] or dict.fromkeys(known):
        if graph.text(copy, om("partHeading")) or _chiefly(corpus, copy) in (instrument, None):
            yield copy


def _chiefly(corpus: Corpus, copy: str) -> str | None:
    """The instrument of which most was read in the file of a copy, none where nothing was."""
    graph = corpus.graph
    name = graph.text(copy, om("fileName"))
    copies = [t for t in graph.instances(om("Text")) if graph.text(t, om("fileName")) == name]
    readers = (thing for text in copies for thing in graph.subjects(om("readFrom"), text))
    held = Counter(corpus.versions[v].instrument for v in readers if v in corpus.versions)
    return held.most_common(1)[0][0] if held else None


def _printed(corpus: Corpus, copy: str, texts: Path) -> list[str]:
    name = corpus.graph.text(copy, om("fileName"))
    if name is None or not (texts / name).is_file():
        return []
    text = copy_text(corpus.graph, copy, texts / name)
    return list(dict.fromkeys(word or number for word, number in HEADING.findall(text)))


def named(line: str, printed: Iterable[str]) -> set[str]:
    """The sections that a line such as `ss 3, 5 to 8: debts freed` names, of those printed."""
    order = list(printed)
    line = PART.sub("", line)
    if line.startswith("all "):
        return set(order)
    found: set[str] = set()
    for listed in LISTED.findall(line):
        before = ""
        for sign, section in STEP.findall(listed):
            if sign == " to " and before in order and section in order:
                found |= set(order[order.index(before) : order.index(section) + 1])
            elif sign == " to ":
                low, high = _rank(before), _rank(section)
                found |= {s for s in order if low <= _rank(s) <= high}
            found.add(section)
            before = section
    return found


def _rank(section: str) -> tuple[int, str]:
    digits = re.match(r"\d+", section)
    return (int(digits[0]) if digits else 0, section.lstrip("0123456789"))
