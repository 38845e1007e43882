"""Statements written short: a subject, and its values by predicate."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from pyoxigraph import Literal, NamedNode, Triple

XSD_DATE = NamedNode("http://www.w3.org/2001/XMLSchema#date")

Value = str | NamedNode | Literal | int | date
"""An IRI is told as a plain string, a text as `english`."""


def day_literal(day: date) -> Literal:
    """A day as xsd:date."""
    return Literal(day.isoformat(), datatype=XSD_DATE)


def english(text: str) -> Literal:
    """A text in English."""
    return Literal(text, language="en")


def about(subject: str, told: Mapping[str, Value | Iterable[Value]]) -> Iterator[Triple]:
    """The statements about a subject, by predicate."""
    for predicate, values in told.items():
        several = [values] if isinstance(values, Value) else values
        for value in several:
            yield Triple(NamedNode(subject), NamedNode(predicate), _term(value))


def _term(value: Value) -> NamedNode | Literal:
    if isinstance(value, str):
        return NamedNode(value)
    if isinstance(value, date):
        return day_literal(value)
    return Literal(value) if isinstance(value, int) else value
