"""The media types of answers and the formats that the engine writes them in; the first is usual."""

from __future__ import annotations

from pyoxigraph import QueryResultsFormat, RdfFormat

from omissus.http.jobs import Job, RefusedError

RESULTS = {
    "application/sparql-results+json": QueryResultsFormat.JSON,
    "application/sparql-results+xml": QueryResultsFormat.XML,
    "text/csv": QueryResultsFormat.CSV,
    "text/tab-separated-values": QueryResultsFormat.TSV,
    "application/json": QueryResultsFormat.JSON,
}
BOOLEANS = tuple(name for name in RESULTS if not name.startswith("text/"))
"""CSV and TSV are defined for the rows of SELECT only (W3C, 2013), and not for ASK."""

GRAPHS = {
    "text/turtle": RdfFormat.TURTLE,
    "application/n-triples": RdfFormat.N_TRIPLES,
    "application/ld+json": RdfFormat.JSON_LD,
    "application/rdf+xml": RdfFormat.RDF_XML,
}

ENDINGS = {
    "ttl": "text/turtle",
    "nt": "application/n-triples",
    "jsonld": "application/ld+json",
    "rdf": "application/rdf+xml",
}
"""How the name of a file of statements ends, and its media type."""


def content_type(media_type: str) -> str:
    """The header that tells a media type, with the charset that text needs."""
    return media_type + ("; charset=utf-8" if media_type.startswith("text/") else "")


def wanted_of(job: Job, form: str) -> str:
    """The media type wanted for the answer to SELECT, ASK, or CONSTRUCT and DESCRIBE.

    Raises RefusedError, 406, where the client accepts none that can carry it.
    """
    offers, wanted = list(GRAPHS), job.graphs
    if form == "SELECT":
        offers, wanted = list(RESULTS), job.results
    elif form == "ASK":
        offers, wanted = list(RESULTS)[:2], job.booleans
    if wanted is None:
        detail = f"The answer to {form} comes as {', '.join(offers)}."
        raise RefusedError(406, "not-acceptable", "Not acceptable", detail, {"known": offers})
    return wanted
