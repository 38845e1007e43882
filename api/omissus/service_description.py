"""The SPARQL 1.1 Service Description (W3C, 2013): what the endpoint speaks, and of which graphs."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import Triple

from omissus.description import DATASET, FORMATS, SD, VOID, Offer
from omissus.statements import about
from omissus.vocabulary import RDF_TYPE

RESULT_FORMATS = (
    "SPARQL_Results_JSON",
    "SPARQL_Results_XML",
    "SPARQL_Results_CSV",
    "SPARQL_Results_TSV",
    "Turtle",
    "N-Triples",
    "JSON-LD",
    "RDF_XML",
)


def service_description(offer: Offer) -> Iterator[Triple]:
    """The service, its one dataset, and each named graph with its size."""
    service, default = f"{offer.endpoint}#service", f"{offer.endpoint}#default-graph"
    yield from about(
        service,
        {
            RDF_TYPE: SD + "Service",
            SD + "endpoint": offer.endpoint,
            SD + "supportedLanguage": SD + "SPARQL11Query",
            SD + "feature": SD + "UnionDefaultGraph",
            SD + "defaultEntailmentRegime": "http://www.w3.org/ns/entailment/Simple",
            SD + "resultFormat": [FORMATS + name for name in RESULT_FORMATS],
            SD + "defaultDataset": DATASET,
        },
    )
    yield from about(
        DATASET,
        {
            RDF_TYPE: SD + "Dataset",
            SD + "defaultGraph": default,
            SD + "namedGraph": [f"{graph.dataset}#named" for graph in offer.graphs],
        },
    )
    yield from about(default, {RDF_TYPE: SD + "Graph", VOID + "triples": offer.union})
    for graph in offer.graphs:
        yield from about(
            f"{graph.dataset}#named",
            {
                RDF_TYPE: SD + "NamedGraph",
                SD + "name": graph.name,
                SD + "graph": graph.dataset,
            },
        )
        yield from about(
            graph.dataset,
            {RDF_TYPE: [SD + "Graph", VOID + "Dataset"], VOID + "triples": graph.triples},
        )
