"""Reading the project's Turtle into one indexed graph, all of it or nothing."""

from __future__ import annotations

import gc
import hashlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from pathlib import Path

import pyoxigraph

from omissus.vocabulary import ID, OM, RDF_TYPE, TESTLAND

XSD = "http://www.w3.org/2001/XMLSchema#"
FOLDERS = ("ontology", "statutes")
BILLS = Path("statutes") / "bills"
OURS = (ID, OM, TESTLAND)
NAME_IT = "Give every thing a name of its own."


class Iri(str):
    """A node that is named, told apart from a literal string."""

    __slots__ = ()


Value = Iri | str | int | bool | date

READ_AS: dict[str, Callable[[str], Value]] = {
    XSD + "integer": int,
    XSD + "date": date.fromisoformat,
    XSD + "boolean": lambda told: told in ("true", "1"),
}


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
        told = self.statements.get(subject)
        if told is None:
            told = self.statements[subject] = {}
        told.setdefault(predicate, []).append(value)
        if type(value) is Iri:
            self.inverse.setdefault(predicate, {}).setdefault(value, []).append(subject)

    def values(self, subject: str, predicate: str) -> list[Value]:
        told = self.statements.get(subject)
        return told.get(predicate, []) if told else []

    def iris(self, subject: str, predicate: str) -> list[str]:
        return [value for value in self.values(subject, predicate) if type(value) is Iri]

    def iri(self, subject: str, predicate: str) -> str | None:
        for value in self.values(subject, predicate):
            if type(value) is Iri:
                return value
        return None

    def text(self, subject: str, predicate: str) -> str | None:
        for value in self.values(subject, predicate):
            return str(value)
        return None

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
        ending = subject.rsplit("/", 1)[-1].removeprefix("def#")
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if line[:1] not in (" ", "#", ".", "@", "") and line.rstrip("> ").endswith(ending):
                return f"{shown}:{number}"
        return f"{shown} <{subject}>"


def turtle_files(root: Path) -> tuple[Path, ...]:
    """Every Turtle file of the ontology and the statutes below `root`, in a fixed order.

    Bills are no law, and are left out.
    """
    found = (path for folder in FOLDERS for path in sorted((root / folder).rglob("*.ttl")))
    return tuple(path for path in found if BILLS not in path.relative_to(root).parents)


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
    with collector_paused():
        for path in paths:
            text = path.read_bytes()
            digest.update(text)
            for subject, predicate, value in statements_of(root, path, text):
                graph.add(subject, predicate, value)
                graph.origin.setdefault(subject, path)
    graph.release = digest.hexdigest()[:12]
    refuse_unknown(graph, graph.statements)
    return graph


@contextmanager
def collector_paused() -> Iterator[None]:
    """Keep Python from looking for cycles among statements, of which there are none."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def statements_of(root: Path, path: Path, text: bytes) -> Iterator[tuple[str, str, Value]]:
    """The statements of the text of a Turtle file. Raises DataError as `load` does."""
    shown = path.relative_to(root) if path.is_relative_to(root) else path
    names: dict[str, str] = {}
    try:
        for quad in pyoxigraph.parse(text, format=pyoxigraph.RdfFormat.TURTLE):
            subject, predicate, term = quad.subject, quad.predicate.value, quad.object
            if type(subject) is not pyoxigraph.NamedNode:
                raise DataError(str(shown), "a blank node", NAME_IT)
            yield subject.value, names.setdefault(predicate, predicate), _value(term, shown, text)
    except SyntaxError as fault:
        remedy = "Mend the Turtle on that line; nothing was loaded."
        raise DataError(f"{shown}:{fault.lineno}", f"broken Turtle: {fault.msg}", remedy) from None


def _value(term: object, shown: Path, text: bytes) -> Value:
    if type(term) is pyoxigraph.NamedNode:
        return Iri(term.value)
    if type(term) is not pyoxigraph.Literal:
        raise DataError(str(shown), "a blank node", NAME_IT)
    kind, told = term.datatype.value, term.value
    read = READ_AS.get(kind)
    if read is None:
        return told
    try:
        return read(told)
    except ValueError:
        what = f"{told!r} is no {kind.rsplit('#')[-1]}"
        remedy = "Write a day of the calendar as 2018-06-02, a number in digits."
        raise DataError(f"{shown}:{_line_with(text, told)}", what, remedy) from None


def _line_with(text: bytes, told: str) -> int:
    lines = text.decode().splitlines()
    return next((number for number, line in enumerate(lines, 1) if told in line), 1)


def refuse_unknown(graph: Graph, subjects: Iterable[str]) -> None:
    """Raise DataError where what some subjects say names a thing of ours that no file describes."""
    known = graph.statements
    for subject in subjects:
        for predicate, values in known.get(subject, {}).items():
            if predicate not in known and predicate.startswith(OM):
                raise _unknown(graph, subject, predicate)
            for value in values:
                if type(value) is Iri and value not in known and value.startswith(OURS):
                    raise _unknown(graph, subject, value)


def _unknown(graph: Graph, subject: str, name: str) -> DataError:
    folder = name.rsplit("/", 1)[0]
    near = get_close_matches(name, [n for n in graph.statements if n.startswith(folder)], n=1)
    remedy = f"Did you mean {near[0]}?" if near else "Describe it in a Turtle file, or correct it."
    return DataError(graph.where(subject), f"unknown name <{name}>", remedy)
