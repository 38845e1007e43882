"""What a query asks for, read off its parse tree before anything is executed.

Only two clauses of a query reach beyond the store, SERVICE and FROM. Text in which neither word is
written anywhere, not even in a string, a comment or a name, holds neither clause, and goes to the
engine's own parser, which takes no updates. All other text, and all that the engine's parser
refuses, is judged by its parse tree here: an exact parser, and a slow one.

The two parsers must not differ on what is a comment or a string, so line ends and escapes are made
plain first, for both.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from pyparsing import ParseBaseException
from rdflib.plugins.sparql.algebra import translatePrologue
from rdflib.plugins.sparql.parser import parseQuery, parseUpdate
from rdflib.plugins.sparql.parserutils import CompValue
from rdflib.plugins.sparql.sparql import Prologue

from omissus.http.jobs import RefusedError
from omissus.vocabulary import ID

BASE = ID
"""What relative IRIs are relative to: <akn/pk/act/2018/34> is an Act of ours."""
FAR_REACHING = re.compile(r"SERVICE|(?<![?$:/#_-])FROM")  # after one of these it is part of a name
FORMS = {
    "SelectQuery": "SELECT",
    "AskQuery": "ASK",
    "ConstructQuery": "CONSTRUCT",
    "DescribeQuery": "DESCRIBE",
}
ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")


class Examined(NamedTuple):
    """A query that may be executed: its plain text, and whether it names its dataset.

    Where the parse tree told, also its form: SELECT, ASK, CONSTRUCT or DESCRIBE.
    """

    text: str
    names_dataset: bool = False
    form: str = ""


def malformed(detail: str, line: int, column: int) -> RefusedError:
    """A refusal that says where the query breaks the grammar."""
    where = f"Line {line}, column {column}: {detail}"
    members = {"line": line, "column": column}
    return RefusedError(400, "malformed-query", "Malformed query", where, members)


def plain(text: str) -> str:
    """The text with line feeds only and its escaped letters written out.

    Raises RefusedError for an escape of ASCII, which one parser may take for punctuation.
    """
    if "\r" not in text and "\\" not in text:
        return text
    text = text.replace("\r\n", "\n").replace("\r", "\n")

    def written_out(match: re.Match[str]) -> str:
        point = int(match[1] or match[2], 16)
        if point < 0x80 or 0xD800 <= point < 0xE000 or point > 0x10FFFF:
            before = text[: match.start()]
            line, column = before.count("\n") + 1, match.start() - before.rfind("\n")
            raise malformed(f"write {match[0]} as the character itself.", line, column)
        return chr(point)

    return ESCAPE.sub(written_out, text)


def _update_forms(text: str) -> list[str]:
    try:
        update = parseUpdate(text)
    except (ParseBaseException, RecursionError, ValueError):
        return []
    parts = update.get("request") or ()
    return sorted({str(part.name) for part in parts if isinstance(part, CompValue)})


def _nodes(tree: object) -> Iterator[CompValue]:
    """Every node of a parse tree, however deep."""
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        if isinstance(node, CompValue):
            yield node
            waiting.extend(node.values())
        elif not isinstance(node, str):
            try:
                waiting.extend(iter(node))  # type: ignore[call-overload]
            except TypeError:
                continue


def _asked_graphs(nodes: list[CompValue], prologue: Prologue) -> list[str]:
    clauses = [node for node in nodes if node.name == "DatasetClause"]
    return [str(prologue.absolutize(value)) for clause in clauses for value in clause.values()]


def refuse_unknown_graphs(asked: list[str], held: tuple[str, ...]) -> None:
    """Raises RefusedError where a graph is asked for that the store does not hold."""
    unknown = [name for name in asked if name not in held]
    if unknown:
        raise RefusedError(
            403,
            "unknown-graph",
            "Unknown graph",
            f"This store does not hold <{unknown[0]}>, and fetches nothing. "
            f"The {len(held)} graphs that it holds are listed under `known`.",
            {"known": list(held)},
        )


def is_far_reaching(text: str) -> bool:
    """Whether a query may call another service or name its dataset: then it must be parsed."""
    text = text.upper()  # which maps every letter that may pass for another
    return ("SERVICE" in text or "FROM" in text) and FAR_REACHING.search(text) is not None


def parsed(text: str, held: tuple[str, ...]) -> Examined:
    """The query, judged by its parse tree.

    Raises RefusedError: 400 with line and column where it is malformed, 403 where it is an update,
    calls another service, or names a graph that is not held.
    """
    try:
        prologue_tree, query = parseQuery(text)
    except ParseBaseException as fault:
        updates = _update_forms(text)
        if updates:
            detail = f"{', '.join(updates)}: this endpoint answers queries and changes nothing."
            raise RefusedError(403, "update-refused", "Updates are refused", detail) from None
        told = str(fault).partition("  (at char")[0]
        raise malformed(f"{told}.", fault.lineno, fault.column) from None
    except RecursionError:
        raise malformed("the query is nested too deeply.", 1, 1) from None
    except ValueError as fault:
        raise malformed(f"{fault}.", 1, 1) from None
    nodes = list(_nodes(query))
    if any(node.name == "ServiceGraphPattern" for node in nodes):
        detail = "SERVICE: this endpoint asks no other one. Ask it yourself and join the answers."
        raise RefusedError(403, "service-refused", "SERVICE is refused", detail)
    try:
        asked = _asked_graphs(nodes, translatePrologue(prologue_tree, BASE))
    except Exception as fault:  # rdflib raises nothing narrower for a prefix that is not declared
        raise malformed(f"{fault}.", 1, 1) from None
    refuse_unknown_graphs(asked, held)
    return Examined(text, bool(asked), FORMS[query.name])
