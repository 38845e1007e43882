"""Where each name of ours is used: in questions, in shapes, in the queries of the engine."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from omissus.data import question_files
from omissus.query_names import names_used
from omissus.shape_terms import names_of_ours
from omissus.store import QUERIES
from omissus.vocabulary import ID, OM


class Kind(StrEnum):
    """What can use a name."""

    QUESTION = "question"
    SHAPE = "shape"
    QUERY = "query"


@dataclass(frozen=True)
class Use:
    """A question, a shape or a query that uses a name, and what it asks in its first line."""

    kind: Kind
    name: str
    asks: str


def uses(root: Path) -> dict[str, list[Use]]:
    """Every name of ours that is used somewhere, with the places in a fixed order.

    Questions and shapes are those below `root`; queries are the engine's own.
    """
    found: dict[str, set[Use]] = defaultdict(set)
    for kind, path, names in (*_queries(root), *_shapes(root)):
        asks = path.read_text(encoding="utf-8").partition("\n")[0].removeprefix("# ")
        for name in names:
            if name.startswith((OM, ID)):
                found[name].add(Use(kind, path.stem, asks))
    order = list(Kind)
    return {
        name: sorted(places, key=lambda use: (order.index(use.kind), use.name))
        for name, places in found.items()
    }


def counts(places: Iterable[Use]) -> list[str]:
    """How many of each kind there are, in words: 3 questions, 1 query."""
    number = Counter(use.kind for use in places)
    plural = {Kind.QUESTION: "questions", Kind.SHAPE: "shapes", Kind.QUERY: "queries"}
    return [
        f"{number[kind]} {kind if number[kind] == 1 else plural[kind]}"
        for kind in Kind
        if number[kind]
    ]


def _queries(root: Path) -> Iterator[tuple[Kind, Path, set[str]]]:
    for kind, files in ((Kind.QUESTION, question_files(root)), (Kind.QUERY, QUERIES.rglob("*.rq"))):
        for path in files:
            yield kind, path, names_used(path.read_text(encoding="utf-8"))


def _shapes(root: Path) -> Iterator[tuple[Kind, Path, set[str]]]:
    for path in (root / "shapes").glob("*/*.ttl"):
        yield Kind.SHAPE, path, {name for _, name in names_of_ours(path)}
