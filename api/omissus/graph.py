"""Reading the project's Turtle into one indexed graph, all of it or nothing."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from pathlib import Path

import pyoxigraph

from omissus.vocabulary import ID, OM, RDF_TYPE

XSD = "http://www.w3.org/2001/XMLSchema#"
FOLDERS = ("ontology", "statutes")


class Iri(str):
    """A node that is named, told apart from a literal string."""

    __slots__ = ()


Value = Iri | str | int | bool | date


@dataclass(eq=False)
class DataError(Exception):
    """Something wrong with the data: where it stands, what it is and how to mend it."""

    where: str
    what: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.where}: {self.what}. {self.remedy}"


@dataclass
class Graph:
    """Statements by subject and by object, and the file that each subject came from."""

    root: Path
    files: tuple[Path, ...] = ()
    statements: dict[str, dict[str, list[Value]]] = field(default_factory=dict)
    inverse: dict[str, dict[str, list[str]]] = field(default_factory=dict)
    origin: dict[str, Path] = field(default_factory=dict)
    release: str = ""

    def add(self, subject: str, predicate: str, value: Value) -> None:
        self.statements.setdefault(subject, {}).setdefault(predicate, []).append(value)
        if isinstance(value, Iri):
            self.inverse.setdefault(predicate, {}).setdefault(value, []).append(subject)

    def values(self, subject: str, predicate: str) -> list[Value]:
        return self.statements.get(subject, {}).get(predicate, [])

    def iris(self, subject: str, predicate: str) -> list[str]:
        return [value for value in self.values(subject, predicate) if isinstance(value, Iri)]

    def iri(self, subject: str, predicate: str) -> str | None:
        return next(iter(self.iris(subject, predicate)), None)

    def text(self, subject: str, predicate: str) -> str | None:
        return next((str(value) for value in self.values(subject, predicate)), None)

    def number(self, subject: str, predicate: str) -> int | None:
        for value in self.values(subject, predicate):
            if isinstance(value, int) and not isinstance(value, bool):
                return value
        return None

    def flag(self, subject: str, predicate: str) -> bool:
        return any(value is True for value in self.values(subject, predicate))

    def day(self, subject: str, predicate: str) -> date | None:
        return next((v for v in self.values(subject, predicate) if isinstance(v, date)), None)

    def subjects(self, predicate: str, value: str) -> list[str]:
        return self.inverse.get(predicate, {}).get(value, [])

    def instances(self, class_iri: str) -> list[str]:
        return self.subjects(RDF_TYPE, class_iri)

    def where(self, subject: str) -> str:
        """File and line on which a subject's block begins, or its IRI where neither is known."""
        path = self.origin.get(subject)
        if path is None:
            return subject
        shown = path.relative_to(self.root) if path.is_relative_to(self.root) else path
        ending = subject.rsplit("/", 1)[-1]
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if line[:1] not in (" ", "#", ".", "@", "") and line.rstrip("> ").endswith(ending):
                return f"{shown}:{number}"
        return f"{shown} <{subject}>"


def _value(term: object, where: str) -> Value:
    if isinstance(term, pyoxigraph.NamedNode):
        return Iri(term.value)
    if not isinstance(term, pyoxigraph.Literal):
        raise DataError(where, "a blank node", "Give every thing a name of its own.")
    kind, text = term.datatype.value, term.value
    try:
        if kind == XSD + "integer":
            return int(text)
        if kind == XSD + "date":
            return date.fromisoformat(text)
    except ValueError:
        remedy = "Write a day of the calendar as 2018-06-02, a number in digits."
        raise DataError(where, f"{text!r} is no {kind.rsplit('#')[-1]}", remedy) from None
    if kind == XSD + "boolean":
        return text in ("true", "1")
    return text


def turtle_files(root: Path) -> tuple[Path, ...]:
    """Every Turtle file of the ontology and the statutes below `root`, in a fixed order."""
    return tuple(path for folder in FOLDERS for path in sorted((root / folder).rglob("*.ttl")))


def _line_with(path: Path, text: str) -> int:
    lines = path.read_text(encoding="utf-8").splitlines()
    return next((n for n, line in enumerate(lines, 1) if text in line), 1)


def _statements(path: Path, shown: Path) -> Iterator[tuple[str, str, Value]]:
    try:
        for quad in pyoxigraph.parse(path=str(path), format=pyoxigraph.RdfFormat.TURTLE):
            subject, predicate = quad.subject, quad.predicate
            where = str(shown)
            if not isinstance(subject, pyoxigraph.NamedNode):
                raise DataError(where, "a blank node", "Give every thing a name of its own.")
            if isinstance(quad.object, pyoxigraph.Literal):
                where = f"{shown}:{_line_with(path, quad.object.value)}" if _bad(quad) else where
            yield subject.value, predicate.value, _value(quad.object, where)
    except SyntaxError as fault:
        remedy = "Mend the Turtle on that line; nothing was loaded."
        raise DataError(f"{shown}:{fault.lineno}", f"broken Turtle: {fault.msg}", remedy) from None


def _bad(quad: pyoxigraph.Quad) -> bool:
    literal = quad.object
    if not isinstance(literal, pyoxigraph.Literal) or literal.datatype.value != XSD + "date":
        return False
    try:
        date.fromisoformat(literal.value)
    except ValueError:
        return True
    return False


def load(root: Path, files: Iterable[Path] | None = None) -> Graph:
    """The graph of all Turtle files below `root`.

    Raises DataError, naming file and line, on broken Turtle, an impossible date, a blank node or
    a reference to a thing of ours that no file describes. Nothing is returned half-loaded.
    """
    paths = tuple(files) if files is not None else turtle_files(root)
    if not paths:
        raise DataError(str(root), "no Turtle files found", "Name a folder with ontology/ in it.")
    digest = hashlib.sha256()
    graph = Graph(root=root, files=paths)
    for path in paths:
        digest.update(path.read_bytes())
        shown = path.relative_to(root) if path.is_relative_to(root) else path
        for subject, predicate, value in _statements(path, shown):
            graph.add(subject, predicate, value)
            graph.origin.setdefault(subject, path)
    graph.release = digest.hexdigest()[:12]
    _refuse_unknown(graph)
    return graph


def _refuse_unknown(graph: Graph) -> None:
    known = graph.statements
    for subject, statements in known.items():
        for predicate, values in statements.items():
            if predicate.startswith(OM) and predicate not in known:
                raise _unknown(graph, subject, predicate)
            for value in values:
                if isinstance(value, Iri) and value.startswith((ID, OM)) and value not in known:
                    raise _unknown(graph, subject, value)


def _unknown(graph: Graph, subject: str, name: str) -> DataError:
    folder = name.rsplit("/", 1)[0]
    near = get_close_matches(name, [n for n in graph.statements if n.startswith(folder)], n=1)
    remedy = f"Did you mean {near[0]}?" if near else "Describe it in a Turtle file, or correct it."
    return DataError(graph.where(subject), f"unknown name <{name}>", remedy)
