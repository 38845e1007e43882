"""What another store answered, read whole and written anew in the format that the client wants."""

from __future__ import annotations

import io

from pyoxigraph import (
    NamedNode,
    Quad,
    QueryResultsFormat,
    QuerySolutions,
    RdfFormat,
    parse,
    parse_query_results,
    serialize,
)

from omissus.dumps import WRITTEN
from omissus.http.formats import GRAPHS, RESULTS

JSON, N_TRIPLES = "application/sparql-results+json", "application/n-triples"
ROWS = ("SELECT", "ASK")


def rewritten(body: bytes, form: str, wanted: str) -> bytes | str:
    """The answer in the media type wanted, or in what the one that came is broken."""
    try:
        return _written(body, form, wanted)
    except (SyntaxError, ValueError) as fault:
        return str(fault)  # the fault itself holds results that must not leave this thread


def _written(body: bytes, form: str, wanted: str) -> bytes:
    out = io.BytesIO()
    if form in ROWS:
        found = parse_query_results(body, QueryResultsFormat.JSON)
        if isinstance(found, QuerySolutions) != (form == "SELECT"):
            raise ValueError(f"it is none to {form}")
        found.serialize(out, format=RESULTS[wanted])
    else:
        triples = parse(body, format=RdfFormat.N_TRIPLES)
        serialize((quad.triple for quad in triples), out, GRAPHS[wanted])
    return out.getvalue()


def dataset(bodies: dict[str, bytes], form: RdfFormat) -> bytes:
    """Graphs that came as N-Triples, each in its own graph where the format has graphs."""
    out = io.BytesIO()
    if form.supports_datasets:
        quads = (
            Quad(quad.subject, quad.predicate, quad.object, NamedNode(name))
            for name, body in bodies.items()
            for quad in parse(body, format=RdfFormat.N_TRIPLES)
        )
        serialize(quads, out, form, prefixes=WRITTEN)
        return out.getvalue()
    triples = (
        q.triple for body in bodies.values() for q in parse(body, format=RdfFormat.N_TRIPLES)
    )
    serialize(triples, out, form, prefixes=WRITTEN)
    return out.getvalue()
