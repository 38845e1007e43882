"""The names that a SPARQL query or update uses, read from what the parser makes of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pyparsing import ParseException
from rdflib import URIRef
from rdflib.paths import Path
from rdflib.plugins.sparql import prepareQuery, prepareUpdate


def names_used(text: str, prefixes: Mapping[str, str] | None = None) -> set[str]:
    """Each IRI in a query or an update; `prefixes` are those that it does not declare itself.

    Raises ValueError where the text is neither.
    """
    try:
        return set(_names(_parsed(text, dict(prefixes or {}))))
    except Exception as fault:  # rdflib raises a bare one for an unknown prefix
        raise ValueError(f"no SPARQL: {fault}") from fault


def _parsed(text: str, prefixes: dict[str, str]) -> object:
    try:
        return prepareQuery(text, initNs=prefixes).algebra
    except ParseException:
        return prepareUpdate(text, initNs=prefixes).algebra


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
