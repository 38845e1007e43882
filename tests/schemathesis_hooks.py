"""What schemathesis sends where a description can only name the form of a text."""

from __future__ import annotations

import schemathesis
from hypothesis import strategies as st

ACT = "https://w3id.org/omissus/id/akn/pk/act/2018/34"
QUERIES = [
    "ASK {}",
    "SELECT * { ?s ?p ?o } LIMIT 2",
    f"SELECT ?p FROM <{ACT}> {{ ?s ?p ?o }} LIMIT 2",
    f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ <{ACT}> ?p ?o . ?s ?p ?o }} LIMIT 2",
    f"DESCRIBE <{ACT}>",
]
GRAPHS = [ACT, "https://w3id.org/omissus/id/registry", "https://x.example/"]
DAYS = ["2018-01-01", "2023-09-29"]  # each day asked for is computed

schemathesis.openapi.format("sparql", st.sampled_from(QUERIES))
schemathesis.openapi.format("iri", st.sampled_from(GRAPHS))
schemathesis.openapi.format("date", st.sampled_from(DAYS))


@schemathesis.serializer("application/sparql-query")
def query(_, value):
    """A query sent as it is."""
    return str(value).encode("utf-8", "surrogatepass")
