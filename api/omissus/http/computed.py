"""Where names lead that stand in no file: of datasets and graphs, and of what was computed."""

from __future__ import annotations

from urllib.parse import urlencode

from omissus import __version__
from omissus.description import CATALOGUE, DATASET
from omissus.findings_rdf import findings_graph
from omissus.graphs import REGISTRY_GRAPH, day_of, validation_graph
from omissus.vocabulary import ID

COMPUTATION = f"{ID}computation/"
SNAPSHOT = f"{ID}snapshot/"
DESCRIBED = "/documentation/sparql"


def place(name: str, release: str, for_reader: bool) -> str | None:
    """The address that tells of an IRI, None where it is none of these.

    A reader is led to a page, others to the description of the data or to the graph that says it.
    """
    if name in (DATASET, CATALOGUE, f"{ID}release/{release}", f"{ID}software/{__version__}"):
        return DESCRIBED if for_reader else "/dcat"
    if name.startswith(f"{DATASET}/"):
        return DESCRIBED if for_reader else "/dcat"
    if name == REGISTRY_GRAPH:
        return DESCRIBED if for_reader else _graph(REGISTRY_GRAPH)
    graph = _graph_telling(name)
    day = day_of(graph) if graph else None
    if graph is None or day is None:
        return None
    if for_reader and graph == findings_graph(day):
        return f"/?{urlencode({'at': day.isoformat()})}"
    return DESCRIBED if for_reader else _graph(graph)


def _graph_telling(name: str) -> str | None:
    """The computed graph that a name is of, or is told in."""
    if name.startswith(SNAPSHOT):
        day = day_of(f"{ID}validation/{name.rpartition('/')[2]}")
        return validation_graph(day) if day else None
    if name.startswith(COMPUTATION):
        name = ID + name.removeprefix(COMPUTATION)
    day = day_of(name)
    if day is None:
        return None
    return next(
        (g for g in (findings_graph(day), validation_graph(day)) if f"{name}/".startswith(f"{g}/")),
        None,
    )


def _graph(name: str) -> str:
    return f"/graph-store?{urlencode({'graph': name})}"
