"""Checking anchors against a folder of statute texts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from omissus.graph import Graph
from omissus.vocabulary import om

LONGEST_ANCHOR = 15
_FOOTNOTE_LINES = re.compile(r"^>.*$", re.MULTILINE)
_FOOTNOTE_CALLS = re.compile(r"⟨[^⟩]*⟩")
_HYPHEN_AT_LINE_END = re.compile(r"(?<=\w)-\s*\n\s*(?=\w)")
_HEADING = re.compile(r"^#{1,6} ", re.MULTILINE)
_PART = re.compile(r"^# ", re.MULTILINE)
_SAME = str.maketrans({"“": '"', "”": '"', "’": "'", "‘": "'", "–": "-", "—": "-", "‑": "-"})


@dataclass(frozen=True)
class Miss:
    """An anchor that was not found where it should stand, and what to do about it."""

    where: str
    anchor: str
    reason: str
    remedy: str

    def __str__(self) -> str:
        return f'{self.where}: anchor "{self.anchor}" {self.reason}. {self.remedy}'


def plain(text: str) -> str:
    """Text without footnote calls, amendment brackets, and differences of print."""
    text = _FOOTNOTE_CALLS.sub("", _FOOTNOTE_LINES.sub("", text)).translate(_SAME)
    text = _HYPHEN_AT_LINE_END.sub("", text)
    return " ".join(re.sub(r"[\[\]*_]", "", text).split()).casefold()


@lru_cache(maxsize=64)
def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def section_text(graph: Graph, version: str, texts: Path) -> str:
    """The words of a version of a provision, as printed in the folder `texts`.

    Raises LookupError, saying what was missing, when file, part or section is not found.
    """
    source = graph.iri(version, om("readFrom"))
    name = graph.text(source, om("fileName")) if source else None
    start = graph.text(version, om("textFrom"))
    if source is None or name is None or start is None:
        raise LookupError("stands in a version that names no text (om:readFrom, om:textFrom)")
    path = texts / name
    if not path.is_file():
        raise LookupError(f"stands in {name}, which is not in the folder")
    text = copy_text(graph, source, path)
    begin = _find_line(text, start)
    if begin < 0:
        raise LookupError(f"stands in a section {start!r} that {name} does not have")
    end = graph.text(version, om("textTo"))
    if end:
        stop = text.find(end, begin + len(start))
    else:
        line_end = text.find("\n", begin)
        following = _HEADING.search(text, line_end) if line_end >= 0 else None
        stop = following.start() if following else -1
    return text[begin : stop if stop >= 0 else None]


def copy_text(graph: Graph, source: str, path: Path) -> str:
    """What a file prints of one text, where it holds several.

    Raises LookupError where it does not have the part that the text names.
    """
    text = _read(path)
    part = graph.text(source, om("partHeading"))
    if part is None:
        return text
    begin = _find_line(text, part)
    if begin < 0:
        raise LookupError(f"stands in a part {part!r} that {path.name} does not have")
    following = _PART.search(text, begin + len(part))
    return text[begin : following.start() if following else None]


def _find_line(text: str, start: str) -> int:
    if text.startswith(start):
        return 0
    found = text.find("\n" + start)
    return found + 1 if found >= 0 else -1


def anchored(graph: Graph) -> Iterator[tuple[str, str, str | None]]:
    """Every anchor, as (thing, anchor, version in which it should stand)."""
    for thing, statements in graph.statements.items():
        for anchor in statements.get(om("anchor"), []):
            version = graph.iri(thing, om("pinpoint")) or graph.iri(thing, om("enactedIn"))
            if version is None and statements.get(om("readFrom")):
                version = thing
            yield thing, str(anchor), version


def miss(graph: Graph, texts: Path, thing: str, anchor: str, version: str | None) -> Miss | None:
    """What is wrong with one anchor, or None where it stands in its section."""
    where = graph.where(thing)
    if len(anchor.split()) > LONGEST_ANCHOR:
        return Miss(where, anchor, "has more than fifteen words", "Shorten it.")
    if version is None:
        return Miss(where, anchor, "names no provision", "Add om:pinpoint.")
    try:
        section = section_text(graph, version, texts)
    except LookupError as fault:
        return Miss(where, anchor, str(fault), "Correct om:readFrom or om:textFrom.")
    if plain(anchor) in plain(section):
        return None
    start = graph.text(version, om("textFrom"))
    remedy = "Read the section again and quote it as printed."
    return Miss(where, anchor, f"is not in the section {start!r}", remedy)
