"""Turtle in the form of the house: one statement a line, and a lone full stop closes each block."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date

from omissus.graph import Iri, Value
from omissus.vocabulary import ELI, ID, LABEL, OM, PREF_LABEL, RDF_TYPE, TESTLAND, TITLE

NAMESPACES = {
    "om": OM,
    "eli": ELI,
    "prov": "http://www.w3.org/ns/prov#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "dcterms": "http://purl.org/dc/terms/",
    "territory": TESTLAND + "territory/",
} | {
    name: f"{ID}{name}/"
    for name in (
        *("facet", "conduct", "object", "medium", "movement", "purpose", "means", "consideration"),
        *("victim-sex", "consent", "guardian-consent", "offender", "stage", "frequency", "place"),
        *("connection", "consequence", "term", "fine", "subject", "review", "text-class"),
        "requirement",
    )
}
"""Prefixes of the house."""

IN_ENGLISH = {LABEL, PREF_LABEL, TITLE}
LOCAL = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_-]*[A-Za-z0-9_])?")


class TurtleForm:
    """A Turtle file in the making: a comment, the prefixes in use, and blocks."""

    def __init__(self, comment: str, more: Mapping[str, str] | None = None) -> None:
        names = {**NAMESPACES, **(more or {})}
        self._comment = comment
        self._prefixes = {namespace: prefix for prefix, namespace in names.items()}
        self._used: dict[str, str] = {}
        self._blocks: list[str] = []

    def prefix(self, name: str, namespace: str) -> None:
        """Have a prefix stand for a namespace from here on."""
        self._prefixes[namespace] = name

    def block(self, subject: str, told: Iterable[tuple[str, Value]]) -> None:
        """Add what is said of one thing."""
        lines = [self._iri(subject)]
        for predicate, value in told:
            name = "a" if predicate == RDF_TYPE else self._iri(predicate)
            lines.append(f"    {name} {self._value(predicate, value)} ;")
        self._blocks.append("\n".join([*lines, "."]))

    def text(self) -> str:
        """The file."""
        head = [f"# {self._comment}"]
        head += [f"@prefix {p}: <{n}> ." for p, n in sorted(self._used.items())]
        return "\n".join(head) + "\n\n" + "\n\n".join(self._blocks) + "\n"

    def _iri(self, iri: str) -> str:
        cut = max(iri.rfind("/"), iri.rfind("#")) + 1
        namespace, local = iri[:cut], iri[cut:]
        prefix = self._prefixes.get(namespace)
        if prefix is None or not LOCAL.fullmatch(local):
            return f"<{iri}>"
        self._used[prefix] = namespace
        return f"{prefix}:{local}"

    def _value(self, predicate: str, value: Value) -> str:
        if isinstance(value, Iri):
            return self._iri(value)
        if isinstance(value, bool):
            return str(value).lower()
        if isinstance(value, int):
            return str(value)
        if isinstance(value, date):
            self._used["xsd"] = "http://www.w3.org/2001/XMLSchema#"
            return f'"{value.isoformat()}"^^xsd:date'
        told = value.replace("\\", "\\\\").replace('"', '\\"')
        return f'"{told}"@en' if predicate in IN_ENGLISH else f'"{told}"'
