"""Faults that an engine would pass over in silence: a constraint skipped reads as no gap.

Most engines ignore what they do not know of SHACL, and find nothing where they look at nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import chain, groupby
from pathlib import Path

import rdflib
from rdflib.collection import Collection as RdfList
from rdflib.namespace import RDF, SH

from omissus.graph import DataError
from omissus.query_names import names_used
from omissus.rdf import read_turtle
from omissus.vocabulary import ID, OM

SHACL_1_0 = """
    Shape NodeShape PropertyShape SPARQLConstraint PrefixDeclaration
    targetClass targetNode targetSubjectsOf targetObjectsOf
    name description message severity Violation Warning Info
    path inversePath alternativePath zeroOrMorePath oneOrMorePath zeroOrOnePath
    property node class datatype nodeKind minCount maxCount
    IRI Literal BlankNode BlankNodeOrIRI BlankNodeOrLiteral IRIOrLiteral
    minExclusive minInclusive maxExclusive maxInclusive minLength maxLength pattern flags
    languageIn uniqueLang equals disjoint lessThan lessThanOrEquals not and or xone
    qualifiedValueShape qualifiedValueShapesDisjoint qualifiedMinCount qualifiedMaxCount
    closed ignoredProperties hasValue in sparql select prefixes declare prefix namespace
"""
HONOURED = frozenset(SHACL_1_0.split())
"""Terms of SHACL 1.0 on which pySHACL, `shacl` and TopBraid act alike, by the W3C's own tests."""

TARGETS = (SH.targetClass, SH.targetNode, SH.targetSubjectsOf, SH.targetObjectsOf)
USES_SHAPE = (SH.property, SH.node, SH["not"], SH.qualifiedValueShape)
USES_SHAPES = (SH["and"], SH["or"], SH.xone)
KINDS = (SH.NodeShape, SH.PropertyShape)
CONSTRAINS = (SH.path, SH.sparql, *USES_SHAPE, *USES_SHAPES)
SWITCHES = (SH.closed, SH.uniqueLang, SH.qualifiedValueShapesDisjoint)
COMPANIONS = {
    SH.flags: (SH.pattern,),
    SH.ignoredProperties: (SH.closed,),
    SH.qualifiedMinCount: (SH.qualifiedValueShape,),
    SH.qualifiedMaxCount: (SH.qualifiedValueShape,),
    SH.qualifiedValueShapesDisjoint: (SH.qualifiedValueShape,),
    SH.qualifiedValueShape: (SH.qualifiedMinCount, SH.qualifiedMaxCount),
}
"""What does nothing alone, and what it needs one of."""

FORBIDDEN = re.compile(r"\b(VALUES|MINUS|SERVICE)\b|\$(shapesGraph|currentShape)\b", re.IGNORECASE)
SELECT = re.compile(r"\bSELECT\b", re.IGNORECASE)
SAID_OTHERWISE = "Say it by terms of SHACL 1.0 Core, or by a query in sh:sparql."
Node = rdflib.term.Node


@dataclass(frozen=True)
class _Fault:
    """What is wrong with a subject, the word that shows where it stands, and the remedy."""

    subject: Node
    word: str
    what: str
    remedy: str


def faults_below(root: Path, known: Collection[str]) -> list[DataError]:
    """The faults of all folders of shapes, and each name in them that is not among the known."""
    found = []
    every = sorted((root / "shapes").glob("*/*.ttl"))
    for _, folder in groupby(every, key=lambda path: path.parent):
        files = list(folder)
        found += faults(files) + unknown_names(files, known)
    return found


def faults(files: Collection[Path]) -> list[DataError]:
    """What of some files of shapes, taken together, an engine would pass over in silence."""
    graphs = {path: read_turtle(path) for path in files}
    whole = rdflib.Graph()
    for graph in graphs.values():
        whole += graph
    used = _used_shapes(whole)
    checks: tuple[Callable[[rdflib.Graph], Iterator[_Fault]], ...] = (
        _unknown_terms,
        lambda graph: _without_target(graph, used),
        lambda graph: _undescribed(graph, whole),
        _alone,
        _switched,
        _unportable_queries,
    )
    return [
        _located(path, fault)
        for path, graph in graphs.items()
        for check in checks
        for fault in sorted(set(check(graph)), key=lambda f: (str(f.subject), f.word, f.what))
    ]


def unknown_names(files: Iterable[Path], known: Collection[str]) -> list[DataError]:
    """Each name of ours in some files of shapes that nothing describes, and so matches nothing."""
    found = []
    for path in files:
        for subject, name in sorted(names_of_ours(path)):
            if name not in known:
                near = get_close_matches(name, known, n=1)
                remedy = f"Did you mean {near[0]}?" if near else "Describe it in ontology/."
                short = re.split("[#/]", name)[-1]
                fault = _Fault(subject, short, f"nothing is described as <{name}>", remedy)
                found.append(_located(path, fault))
    return found


def names_of_ours(path: Path) -> set[tuple[Node, str]]:
    """Each name of ours in a file of shapes, its queries included, with the thing that uses it.

    Raises DataError on a query that cannot be read.
    """
    graph = read_turtle(path)
    prefixes = {
        str(graph.value(declared, SH.prefix)): str(graph.value(declared, SH.namespace))
        for declared in graph.objects(predicate=SH.declare)
    }
    found = {
        (s, str(term)) for s, p, o in graph for term in (p, o) if isinstance(term, rdflib.URIRef)
    }
    for subject, query in graph.subject_objects(SH.select):
        try:
            found |= {(subject, name) for name in names_used(str(query), prefixes)}
        except ValueError as fault:
            remedy = "Mend the query, or declare the prefix by sh:declare."
            raise _located(path, _Fault(subject, "select", str(fault), remedy)) from fault
    return {(subject, name) for subject, name in found if name.startswith((OM, ID))}


def _unknown_terms(graph: rdflib.Graph) -> Iterator[_Fault]:
    named = ((triple[0], term) for triple in graph for term in triple)
    for subject, term in named:
        name = _short(term)
        shacl = isinstance(term, rdflib.URIRef) and term.startswith(str(SH))
        if shacl and name not in HONOURED:
            near = get_close_matches(name, HONOURED, n=1, cutoff=0.8)
            remedy = f"Did you mean sh:{near[0]}?" if near else SAID_OTHERWISE
            what = f"sh:{name} is nothing on which every SHACL engine in use acts"
            yield _Fault(subject, name, what, remedy)


def _used_shapes(graph: rdflib.Graph) -> set[Node]:
    used = {shape for predicate in USES_SHAPE for shape in graph.objects(predicate=predicate)}
    for predicate in USES_SHAPES:
        for members in graph.objects(predicate=predicate):
            used |= set(RdfList(graph, members))
    return used


def _without_target(graph: rdflib.Graph, used: set[Node]) -> Iterator[_Fault]:
    shapes = {
        *chain.from_iterable(graph.subjects(RDF.type, kind) for kind in KINDS),
        *chain.from_iterable(graph.subjects(predicate) for predicate in CONSTRAINS),
    }
    for shape in shapes - used:
        if not any((shape, target, None) in graph for target in TARGETS):
            remedy = "Add sh:targetClass or another target, or name it in a shape that has one."
            yield _Fault(shape, "", f"a shape that looks at nothing, <{shape}>", remedy)


def _undescribed(graph: rdflib.Graph, whole: rdflib.Graph) -> Iterator[_Fault]:
    for shape in _used_shapes(graph):
        if (shape, None, None) not in whole:
            name = re.split("[#/]", str(shape))[-1]
            remedy = "Describe it, or correct the name: an undescribed shape is always met."
            yield _Fault(shape, name, f"no shape is described as <{shape}>", remedy)


def _alone(graph: rdflib.Graph) -> Iterator[_Fault]:
    for term, companions in COMPANIONS.items():
        for subject in graph.subjects(term):
            if not any((subject, companion, None) in graph for companion in companions):
                needed = " or ".join(f"sh:{_short(companion)}" for companion in companions)
                what = f"sh:{_short(term)} does nothing without {needed}"
                yield _Fault(subject, _short(term), what, f"Add {needed}, or take it out.")


def _switched(graph: rdflib.Graph) -> Iterator[_Fault]:
    on_or_off = {rdflib.Literal(True), rdflib.Literal(False)}
    for term in SWITCHES:
        for subject, value in graph.subject_objects(term):
            if value not in on_or_off:
                what = f"sh:{_short(term)} is neither true nor false but {value.n3()}"
                yield _Fault(subject, _short(term), what, "Write true or false, without quotes.")


def _unportable_queries(graph: rdflib.Graph) -> Iterator[_Fault]:
    for subject, query in graph.subject_objects(SH.select):
        forbidden = FORBIDDEN.search(str(query))
        if forbidden:
            what = f"{forbidden[0]} in a query of a shape, which not every engine runs or refuses"
            yield _Fault(subject, forbidden[0], what, "Say it by FILTER or FILTER NOT EXISTS.")
        if len(SELECT.findall(str(query))) > 1:
            what = "a query within a query of a shape, which not every engine binds alike"
            yield _Fault(subject, "SELECT", what, "Say it in one query, or by FILTER EXISTS.")


def _short(term: Node) -> str:
    return str(term).removeprefix(str(SH))


def _located(path: Path, fault: _Fault) -> DataError:
    """The fault with the line that has its word, in the block of its subject if it has a name."""
    lines = path.read_text(encoding="utf-8").splitlines()
    name = re.escape(re.split("[#/]", str(fault.subject))[-1])
    heading = re.compile(rf"[^\s#]\S*{name}>?(\s*#.*)?$")
    word = re.compile(rf"(?<![\w-]){re.escape(fault.word)}(?![\w-])")
    block = next((n for n, text in enumerate(lines) if heading.match(text)), 0)
    told = (
        n for n, text in enumerate(lines) if n >= block and text[:1] != "#" and word.search(text)
    )
    return DataError(
        f"{'/'.join(path.parts[-3:])}:{next(told, block) + 1}", fault.what, fault.remedy
    )
