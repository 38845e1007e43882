"""Named graphs of the store: which graph each authored statement stands in, and why there.

The ontology is one graph, each instrument one, named by the instrument's own IRI, and what speaks
of several instruments or of none (searches, decisions, territories) is the registry.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import cache

from pyoxigraph import NamedNode, Quad, RdfFormat, parse

from omissus.graph import Graph
from omissus.vocabulary import ID, OM, RDF_TYPE, om

ONTOLOGY_GRAPH = OM.rstrip("#")
REGISTRY_GRAPH = ID + "registry"


DATED = re.compile(re.escape(ID) + r"(?:findings|validation)/(\d{4}-\d{2}-\d{2})(?:/|$)")


def validation_graph(day: date) -> str:
    """Name of the graph that holds the validation reports on the law of a day."""
    return f"{ID}validation/{day.isoformat()}"


def day_of(graph_name: str) -> date | None:
    """The day of a computed graph by its name, None for any other graph."""
    dated = DATED.match(graph_name)
    try:
        return date.fromisoformat(dated[1]) if dated else None
    except ValueError:
        return None


def instrument_named(graph: Graph, iri: str) -> str | None:
    """The instrument whose IRI is this one or begins it, as that of an Act begins its sections'."""
    here = iri
    while here.startswith(ID):
        if om("Instrument") in graph.iris(here, RDF_TYPE):
            return here
        here = here.rpartition("/")[0]
    return None


def _spoken_of(graph: Graph, iri: str) -> set[str]:
    """The instruments that a record, an extent or a text is about."""
    found = {*graph.iris(iri, om("encodes")), *graph.iris(iri, om("extentOf"))}
    for reader in graph.subjects(om("readFrom"), iri):
        named = instrument_named(graph, reader)
        found |= {named} if named else set(graph.iris(reader, om("encodes")))
    return found


def _graph_of(graph: Graph, subject: str, beside: str) -> str:
    named = instrument_named(graph, subject)
    if named:
        return named
    about = _spoken_of(graph, subject)
    return about.pop() if len(about) == 1 else beside


def authored_quads(graph: Graph) -> Iterator[Quad]:
    """The authored Turtle, each statement in its graph.

    Beside the instruments stand the registry for files of the statutes, the ontology for its own.
    """
    name = cache(lambda subject, beside: NamedNode(_graph_of(graph, subject, beside)))
    for path in graph.files:
        ontology = path.is_relative_to(graph.root / "ontology")
        beside = ONTOLOGY_GRAPH if ontology else REGISTRY_GRAPH
        for quad in parse(path=str(path), format=RdfFormat.TURTLE):
            assert isinstance(quad.subject, NamedNode)  # the corpus was refused otherwise
            yield Quad(quad.subject, quad.predicate, quad.object, name(quad.subject.value, beside))
