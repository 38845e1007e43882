"""A submission as an RDF Data Cube, and the figures that the Committee asks for beside it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from urllib.parse import quote

from rdflib import RDF, Graph, Literal, URIRef
from rdflib.term import Node

from omissus.statistics_codes import QB, STRUCTURE, YEARS_ASKED, Dimension, Structure, normal
from omissus.statistics_table import Figure, Submission
from omissus.vocabulary import ID, IN_SCHEME, LABEL, NOTATION, PREF_LABEL, SKOS, om

Triple = tuple[Node, Node, Node]
Asked = tuple[str, int, str]
"""What one figure asked for is of: offence, year and step."""


class CubeNames:
    """The names of the things that one submission brings, made from what it says."""

    def __init__(self, submission: Submission, structure: Structure) -> None:
        self.structure = structure
        told = sorted((*f.key, str(f.number), f.agency or "") for f in submission.figures)
        digest = hashlib.sha256(repr((told, sorted(submission.columns))).encode()).hexdigest()
        self.data_set = URIRef(f"{ID}figures/{digest[:12]}")

    def figure(self, figure: Figure) -> URIRef:
        kind = "unrecorded" if figure.number is None else "observation"
        return self._below(kind, *figure.key)

    def asked(self, asked: Asked) -> URIRef:
        return self._below("asked", *map(str, asked))

    def code(self, dimension: Dimension, name: str) -> URIRef:
        known = dimension.codes.get(name)
        return URIRef(known.iri) if known else self._below(dimension.column, normal(name))

    def _below(self, *parts: str) -> URIRef:
        return URIRef("/".join((self.data_set, *(quote(part, safe="") for part in parts))))


def _place(names: CubeNames, node: URIRef, offence: str, year: int, step: str) -> Iterator[Triple]:
    structure = names.structure
    yield node, URIRef(structure.offence.iri), names.code(structure.offence, offence)
    yield node, URIRef(om("referenceYear")), Literal(year)
    yield node, URIRef(structure.step.iri), names.code(structure.step, step)


def _figure(names: CubeNames, figure: Figure) -> Iterator[Triple]:
    node = names.figure(figure)
    if figure.number is None:
        yield node, RDF.type, URIRef(om("UnrecordedFigure"))
        yield node, URIRef(om("inSubmission")), names.data_set
    else:
        yield node, RDF.type, URIRef(QB + "Observation")
        yield node, URIRef(QB + "dataSet"), names.data_set
        yield node, URIRef(om("figure")), Literal(figure.number)
    yield from _place(names, node, figure.offence, figure.year, figure.step)
    for dimension, name in zip(names.structure.breakdowns, figure.breakdown, strict=True):
        yield node, URIRef(dimension.iri), names.code(dimension, name)
        if name not in dimension.codes:
            code = names.code(dimension, name)
            yield code, RDF.type, URIRef(SKOS + "Concept")
            yield code, URIRef(PREF_LABEL), Literal(name)
            yield code, URIRef(NOTATION), Literal(normal(name))
            yield code, URIRef(IN_SCHEME), URIRef(dimension.scheme)
            yield code, URIRef(om("groupIn")), URIRef(dimension.scheme)
    if figure.agency:
        yield node, URIRef(om("agency")), Literal(figure.agency)


def cube(submission: Submission, structure: Structure) -> Graph:
    """The submission as observations of one data set, each with every dimension and one figure.

    A figure that is not recorded is no observation, for an observation has a number; it is an
    om:UnrecordedFigure with the same dimensions. No blank nodes; equal figures give equal names.
    """
    names = CubeNames(submission, structure)
    graph = Graph()
    for prefix, iri in (("qb", QB), ("om", om("")), ("skos", SKOS)):
        graph.bind(prefix, iri)
    graph.add((names.data_set, RDF.type, URIRef(QB + "DataSet")))
    graph.add((names.data_set, URIRef(LABEL), Literal("figures submitted", lang="en")))
    graph.add((names.data_set, URIRef(QB + "structure"), URIRef(STRUCTURE)))
    for dimension in structure.breakdowns:
        if dimension.column in submission.columns:
            column = (names.data_set, URIRef(om("givesColumn")), URIRef(dimension.iri))
            graph.add(column)
    for figure in submission.figures:
        for triple in _figure(names, figure):
            graph.add(triple)
    return graph


def _meeting(asked: Asked, held: dict[Asked, list[Figure]], structure: Structure) -> list[Figure]:
    """The figures on an offence; else those on all the offences into which it divides."""
    offence, year, step = asked
    if asked in held:
        return held[asked]
    finer = [held.get((name, year, step), []) for name in structure.finer.get(offence, ())]
    return [figure for figures in finer for figure in figures] if all(finer) else []


def figures_asked(
    submission: Submission, structure: Structure, offences: Iterable[str], last_year: int
) -> tuple[Graph, dict[str, Asked]]:
    """A node for each figure asked for, tied to the figures that give it or call it unrecorded.

    The nodes are what the shapes in shapes/statistics/ count on; the answer also says of which
    offence, year and step each is.
    """
    names = CubeNames(submission, structure)
    held: dict[Asked, list[Figure]] = {}
    for figure in submission.figures:
        held.setdefault((figure.offence, figure.year, figure.step), []).append(figure)
    graph, index = Graph(), {}
    years = range(last_year - YEARS_ASKED + 1, last_year + 1)
    wanted = [(o, y, s) for o in offences for y in years for s in structure.steps(o)]
    for asked in wanted:
        node = names.asked(asked)
        index[str(node)] = asked
        graph.add((node, RDF.type, URIRef(om("FigureAsked"))))
        graph.add((node, URIRef(om("inSubmission")), names.data_set))
        for triple in _place(names, node, *asked):
            graph.add(triple)
        for figure in _meeting(asked, held, structure):
            if figure.number is None:
                graph.add((node, URIRef(om("statedUnrecordedBy")), names.figure(figure)))
                continue
            graph.add((node, URIRef(om("metBy")), names.figure(figure)))
            for dimension, name in zip(structure.breakdowns, figure.breakdown, strict=True):
                graph.add((node, URIRef(om("givenFor")), names.code(dimension, name)))
    return graph, index
