"""The data described for finding and harvesting: VoID (W3C, 2011) and DCAT 3 (W3C, 2024)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from pyoxigraph import Literal, Triple

from omissus.description import (
    CATALOGUE,
    DATASET,
    DCAT,
    DCTERMS,
    FOAF,
    FORMATS,
    VOID,
    WHOLE,
    HeldGraph,
    Offer,
)
from omissus.findings_rdf import IDENTIFIER, release_told
from omissus.graphs import day_of
from omissus.statements import about, english
from omissus.vocabulary import ELI, ID, LABEL, OM, PROV, RDF_TYPE, SKOS

MEDIA_TYPES = "https://www.iana.org/assignments/media-types/"
ENGLISH = "http://id.loc.gov/vocabulary/iso639-1/en"
LICENCE = "https://creativecommons.org/licenses/by/4.0/"
TITLE = "Omissus: what the law leaves out of the Optional Protocol on the sale of children"
TOLD = (
    "Statutes encoded as offences with their limits, the demands of the Protocol in the same "
    "terms, and computed findings on the law of a day. Research on the words of "
    "the law, not legal advice."
)
PROVENANCE = (
    "Encoded from statute texts, section by section, with the words of the Act as anchors; each "
    "instrument names its encoding records, and each computed graph the release it came from."
)
CREATORS = ID + "agent/omissus-encoders"
VOCABULARIES = (OM, ELI, SKOS, PROV, DCTERMS)


def void(offer: Offer) -> Iterator[Triple]:
    """The dataset and each graph as void:Dataset: size, vocabularies, endpoint, downloads."""
    document = f"{offer.base}/void"
    yield from about(
        document,
        {
            RDF_TYPE: VOID + "DatasetDescription",
            DCTERMS + "title": english(f"Description of {TITLE}"),
            FOAF + "primaryTopic": DATASET,
        },
    )
    yield from about(
        DATASET,
        {
            RDF_TYPE: VOID + "Dataset",
            VOID + "sparqlEndpoint": offer.endpoint,
            VOID + "dataDump": [offer.whole(ending) for ending in WHOLE],
            VOID + "triples": offer.union,
            VOID + "uriSpace": Literal(ID),
            VOID + "vocabulary": VOCABULARIES,
            VOID + "feature": [FORMATS + name for name in ("Turtle", "N-Triples", "RDF_XML")],
            VOID + "subset": [graph.dataset for graph in offer.graphs],
        },
    )
    yield from _told(offer)
    for graph in offer.graphs:
        yield from about(
            graph.dataset,
            {
                RDF_TYPE: VOID + "Dataset",
                VOID + "triples": graph.triples,
                VOID + "distinctSubjects": graph.subjects,
                VOID + "dataDump": offer.download(graph),
            },
        )
        yield from _graph_told(offer, graph)


def dcat(offer: Offer) -> Iterator[Triple]:
    """The catalogue: the dataset, its part for each graph, downloads, and the endpoint."""
    yield from about(
        CATALOGUE,
        {
            RDF_TYPE: DCAT + "Catalog",
            DCTERMS + "title": english("Omissus: catalogue"),
            DCTERMS + "description": english(TOLD),
            DCTERMS + "license": LICENCE,
            DCAT + "dataset": DATASET,
            DCAT + "service": f"{offer.endpoint}#service",
        },
    )
    yield from about(
        f"{offer.endpoint}#service",
        {
            RDF_TYPE: DCAT + "DataService",
            DCTERMS + "title": english("Omissus: SPARQL endpoint"),
            DCTERMS + "conformsTo": "http://www.w3.org/TR/sparql11-protocol/",
            DCAT + "endpointURL": offer.endpoint,
            DCAT + "endpointDescription": offer.endpoint,
            DCAT + "servesDataset": DATASET,
        },
    )
    yield from about(
        DATASET,
        {
            RDF_TYPE: DCAT + "Dataset",
            DCTERMS + "hasPart": [graph.dataset for graph in offer.graphs],
            DCAT + "distribution": [f"{DATASET}#{ending}" for ending in WHOLE],
            DCAT + "keyword": [
                english(word) for word in ("children's rights", "criminal law", "OPSC", "Pakistan")
            ],
        },
    )
    yield from _told(offer)
    for ending, media_type in WHOLE.items():
        yield from _distribution(f"{DATASET}#{ending}", offer.whole(ending), media_type)
    for graph in offer.graphs:
        download = f"{graph.dataset}#turtle"
        yield from about(
            graph.dataset,
            {RDF_TYPE: DCAT + "Dataset", DCAT + "distribution": download},
        )
        yield from _distribution(download, offer.download(graph), "text/turtle")
        yield from _graph_told(offer, graph)


def _told(offer: Offer) -> Iterator[Triple]:
    """Title, licence, place, time and provenance of the whole."""
    first = min((graph.first for graph in offer.graphs if graph.first), default=offer.day)
    yield from about(
        DATASET,
        {
            DCTERMS + "title": english(TITLE),
            DCTERMS + "description": english(TOLD),
            DCTERMS + "license": LICENCE,
            DCTERMS + "language": ENGLISH,
            DCTERMS + "spatial": ID + "territory/pk",
            DCTERMS + "creator": CREATORS,
            DCTERMS + "temporal": f"{DATASET}#time",
            DCTERMS + "provenance": f"{DATASET}#provenance",
            IDENTIFIER: Literal(offer.release),
            DCAT + "version": Literal(offer.release),
        },
    )
    yield from release_told(offer.release)
    yield from _period(f"{DATASET}#time", first, offer.day)
    yield from about(
        f"{DATASET}#provenance",
        {RDF_TYPE: DCTERMS + "ProvenanceStatement", LABEL: english(PROVENANCE)},
    )


def _graph_told(offer: Offer, graph: HeldGraph) -> Iterator[Triple]:
    """Title, licence, time and origin of the part that is one graph."""
    yield from about(
        graph.dataset,
        {
            DCTERMS + "title": english(graph.title),
            DCTERMS + "license": LICENCE,
            DCTERMS + "isPartOf": DATASET,
            PROV + "wasGeneratedBy": graph.records,
        },
    )
    day = day_of(graph.name)
    if day or graph.first:
        yield from about(graph.dataset, {DCTERMS + "temporal": f"{graph.dataset}#time"})
        yield from _period(f"{graph.dataset}#time", day or graph.first or offer.day, day)
    if graph.first:
        yield from about(graph.dataset, {DCTERMS + "source": graph.name})
    if day:
        yield from about(graph.dataset, {PROV + "wasDerivedFrom": f"{ID}release/{offer.release}"})


def _period(name: str, first: date, last: date | None) -> Iterator[Triple]:
    yield from about(name, {RDF_TYPE: DCTERMS + "PeriodOfTime", DCAT + "startDate": first})
    if last:
        yield from about(name, {DCAT + "endDate": last})


def _distribution(name: str, address: str, media_type: str) -> Iterator[Triple]:
    yield from about(
        name,
        {
            RDF_TYPE: DCAT + "Distribution",
            DCTERMS + "license": LICENCE,
            DCAT + "accessURL": address,
            DCAT + "downloadURL": address,
            DCAT + "mediaType": MEDIA_TYPES + media_type,
        },
    )
