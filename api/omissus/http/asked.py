"""A query as the SPARQL 1.1 Protocol carries it: by GET, by form or by direct POST."""

from __future__ import annotations

import re
from email.message import Message
from typing import NamedTuple

from fastapi import Request
from pyoxigraph import NamedNode
from starlette.types import Scope

from omissus.http.problems import ProblemError

FORM = "application/x-www-form-urlencoded"
DIRECT = "application/sparql-query"
UPDATE = "application/sparql-update"
ACCEPTED = f"{DIRECT}, {FORM}"
LONGEST_QUERY = 65_536
MOST_FIELDS = 64
FIELDS = ("query", "update", "default-graph-uri", "named-graph-uri")
BROKEN_ESCAPE = re.compile("%(?![0-9A-Fa-f]{2})")


class Asked(NamedTuple):
    """A query, the dataset that the protocol, not the query, names for it, and the day."""

    query: str
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    at: str | None = None


def fields(text: str) -> dict[str, list[str]]:
    """The fields of a query string or a form. Raises ProblemError, 400, where it is broken."""
    parts = text.replace("+", " ").split("&")
    if len(parts) > MOST_FIELDS:
        detail = f"A request has at most {MOST_FIELDS} fields here."
        raise ProblemError(400, "too-many-fields", "Too many fields", detail)
    found: dict[str, list[str]] = {}
    try:
        for part in parts:  # what urllib's parse_qs does, in half of its time
            name, _, value = part.partition("=")
            if part:
                found.setdefault(_decoded(name), []).append(_decoded(value))
    except UnicodeError as fault:
        raise _broken_escape(text) or _not_utf8(fault) from None
    return found


def _broken_escape(text: str) -> ProblemError | None:
    broken = BROKEN_ESCAPE.search(text)
    if not broken:
        return None
    place = text[broken.start() : broken.start() + 3]
    detail = f"{place!r} at character {broken.start() + 1} is no percent-encoded byte."
    return ProblemError(400, "percent-encoding", "Broken percent-encoding", detail)


def _decoded(text: str) -> str:
    if "%" in text:  # as escapes of Python, which its own decoder reads ten times as fast
        escaped = text.replace("\\", "\\\\").replace("%", "\\x").encode("utf-8")
        text = escaped.decode("unicode_escape").encode("latin-1").decode("utf-8")
    return text


def address_fields(scope: Scope) -> dict[str, list[str]]:
    """The fields behind the ? of the address. Raises ProblemError, 400, where they are broken."""
    try:
        return fields(scope["query_string"].decode())
    except UnicodeError as fault:
        raise _not_utf8(fault) from None


def by_get(scope: Scope) -> Asked | None:
    """The query of a GET, None where no field of the protocol came. Raises ProblemError."""
    found = address_fields(scope)
    return _asked(found) if any(name in found for name in FIELDS) else None


async def by_post(request: Request) -> Asked:
    """The query of a POST. Raises ProblemError: 400, 403 for an update, 413, 415."""
    header = Message()
    header["content-type"] = request.headers.get("content-type", "")
    kind, charset = header.get_content_type(), header.get_content_charset("utf-8")
    if not request.headers.get("content-type") or kind not in (FORM, DIRECT, UPDATE):
        detail = f"Send the query as {DIRECT}, or as the field `query` of {FORM}."
        raise _media_type(detail)
    if charset not in ("utf-8", "us-ascii"):
        raise _media_type(f"Send the query in UTF-8, not in {charset}.")
    if kind == UPDATE:
        return _asked({"update": []})
    body = await _body(request)
    if kind == DIRECT:
        return _asked(address_fields(request.scope), direct=body)
    return _asked(_together(address_fields(request.scope), fields(body)))


def _together(*found: dict[str, list[str]]) -> dict[str, list[str]]:
    names = dict.fromkeys(name for one in found for name in one)
    return {name: [value for one in found for value in one.get(name, ())] for name in names}


async def _body(request: Request) -> str:
    held = b""
    async for chunk in request.stream():
        held += chunk
        if len(held) > 3 * LONGEST_QUERY:  # percent-encoding triples a byte
            raise too_long()
    try:
        return held.decode("utf-8")
    except UnicodeError as fault:
        raise _not_utf8(fault) from None


def _asked(found: dict[str, list[str]], direct: str | None = None) -> Asked:
    if "update" in found:
        detail = "This endpoint answers queries and changes nothing."
        raise ProblemError(403, "update-refused", "Updates are refused", detail)
    queries = [*([] if direct is None else [direct]), *found.get("query", ())]
    if not queries:
        detail = "Send one query, as the field `query`; none came."
        raise ProblemError(400, "no-query", "No query", detail)
    if len(queries) > 1:
        detail = f"Send one query in one request; {len(queries)} came."
        raise ProblemError(400, "many-queries", "More than one query", detail)
    if not queries[0].strip():
        raise ProblemError(400, "empty-query", "Empty query", "The query that came is empty.")
    if len(queries[0]) > LONGEST_QUERY:
        raise too_long()
    return Asked(
        query=queries[0],
        default_graphs=_graphs(found, "default-graph-uri"),
        named_graphs=_graphs(found, "named-graph-uri"),
        at=found.get("at", [None])[-1],
    )


def _graphs(found: dict[str, list[str]], name: str) -> tuple[str, ...]:
    return tuple(graph_name(value, name) for value in found.get(name, ()))


def graph_name(value: str, field: str) -> str:
    """The IRI of a graph as a field gives it. Raises ProblemError, 400, where it is none."""
    try:
        return NamedNode(value).value
    except ValueError as fault:
        detail = f"{field}={value!r} is no absolute IRI: {fault}."
        raise ProblemError(400, "invalid-graph-name", "Invalid graph name", detail) from None


def too_long() -> ProblemError:
    """The refusal of a request or query longer than may be."""
    detail = f"A query has at most {LONGEST_QUERY} characters here."
    return ProblemError(413, "query-too-long", "Query too long", detail)


def _media_type(detail: str) -> ProblemError:
    headers = {"Accept-Post": ACCEPTED}
    return ProblemError(
        415, "media-type", "Wrong media type", detail, headers, known=[DIRECT, FORM]
    )


def _not_utf8(fault: UnicodeError) -> ProblemError:
    detail = f"Send UTF-8, percent-encoded in forms: {fault}."
    return ProblemError(400, "not-utf-8", "Not UTF-8", detail)
