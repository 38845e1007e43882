"""The names that a SPARQL query or update uses, read from what the parser makes of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from rdflib import URIRef
from rdflib.paths import Path
from rdflib.plugins.sparql import prepareQuery, prepareUpdate


def names_in_query(text: str, prefixes: Mapping[str, str] | None = None) -> set[str]:
    """Each IRI in a query; `prefixes` are those that it does not declare itself."""
    return set(_names(prepareQuery(text, initNs=dict(prefixes or {})).algebra))


def names_in_update(text: str) -> set[str]:
    """Each IRI in an update."""
    return set(_names(prepareUpdate(text).algebra))


def _names(part: object) -> Iterator[str]:
    if isinstance(part, URIRef):
        yield str(part)
    elif isinstance(part, Path):
        yield from _names(vars(part))
    elif isinstance(part, dict):
        for inner in part.values():
            yield from _names(inner)
    elif isinstance(part, list | tuple | set):
        for inner in part:
            yield from _names(inner)
