"""The SPARQL 1.1 endpoint: queries by GET, form and direct POST; it changes and fetches nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import parse_qs

from fastapi import APIRouter, Depends, Query, Request, Response
from starlette.concurrency import run_in_threadpool

from omissus.http.caching import entity_tag, is_held, not_modified
from omissus.http.days import asked_day
from omissus.http.jobs import Job, RefusedError
from omissus.http.negotiation import chosen
from omissus.http.pool import Pool
from omissus.http.problems import ProblemError
from omissus.store import query_text

router = APIRouter(tags=["SPARQL"])

FORM = "application/x-www-form-urlencoded"
DIRECT = "application/sparql-query"
UPDATE = "application/sparql-update"
RESULTS = (
    "application/sparql-results+json",
    "application/sparql-results+xml",
    "text/csv",
    "text/tab-separated-values",
    "application/json",
)
BOOLEANS = (RESULTS[0], RESULTS[1], "application/json")
GRAPHS = ("text/turtle", "application/n-triples", "application/rdf+xml")
LONGEST_QUERY = 65_536
EXAMPLE = query_text("verdicts-by-territory")
VARY = {"Vary": "Accept"}

ANSWERS: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "The results of SELECT or ASK, or the graph of CONSTRUCT or DESCRIBE",
        "content": {name: {} for name in (*RESULTS[:4], *GRAPHS)},
    },
    **{
        status: {"description": told, "content": {"application/problem+json": {}}}
        for status, told in (
            (400, "Malformed query, with line and column"),
            (403, "Update, SERVICE or unknown graph"),
            (406, "No acceptable media type"),
            (413, "Query or answer too large"),
            (415, "Wrong media type of the request"),
            (503, "Time limit, or all workers busy"),
        )
    },
}


@dataclass(frozen=True)
class Asked:
    """A query as the protocol carries it."""

    query: str
    default_graphs: tuple[str, ...]
    named_graphs: tuple[str, ...]


def _asked(fields: dict[str, list[str]], direct: str | None = None) -> Asked:
    if "update" in fields:
        detail = "This endpoint answers queries and changes nothing."
        raise ProblemError(403, "update-refused", "Updates are refused", detail)
    queries = [direct] if direct is not None else fields.get("query", [])
    if direct is not None and "query" in fields:
        queries = [*queries, *fields["query"]]
    if len(queries) != 1:
        detail = f"Send one query, as ?query=...; {len(queries)} came."
        raise ProblemError(400, "one-query", "Not one query", detail)
    return Asked(
        query=queries[0],
        default_graphs=tuple(fields.get("default-graph-uri", ())),
        named_graphs=tuple(fields.get("named-graph-uri", ())),
    )


def _fields(text: str) -> dict[str, list[str]]:
    return parse_qs(text, keep_blank_values=True, errors="strict", max_num_fields=64)


async def _body(request: Request) -> str:
    held = b""
    async for chunk in request.stream():
        held += chunk
        if len(held) > 3 * LONGEST_QUERY:  # percent-encoding triples a byte
            raise _too_long()
    return held.decode("utf-8")


def _too_long() -> ProblemError:
    detail = f"A query has at most {LONGEST_QUERY} characters here."
    return ProblemError(413, "query-too-long", "Query too long", detail)


async def _posted(request: Request) -> Asked:
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind == UPDATE:
        return _asked({"update": []})
    if kind not in (FORM, DIRECT):
        detail = f"Send the query as {DIRECT}, or as the field `query` of {FORM}."
        raise ProblemError(415, "media-type", "Wrong media type", detail, known=[DIRECT, FORM])
    body = await _body(request)
    fields = _fields(request.url.query)
    if kind == DIRECT:
        return _asked(fields, direct=body)
    return _asked({**fields, **_fields(body)})


@router.get("/sparql", operation_id="query", responses=ANSWERS, response_class=Response)
async def get_sparql(
    request: Request,
    query: str | None = Query(None, description="A SPARQL 1.1 query.", examples=[EXAMPLE]),
    day: date = Depends(asked_day),
) -> Response:
    """Ask the ontology, the statutes and the findings of a day, all in one default graph."""
    del query  # declared for the description of the interface; read with the other fields below
    try:
        asked = _asked(_fields(request.url.query))
    except (ValueError, UnicodeError) as fault:
        raise _undecodable(fault) from None
    return await run_in_threadpool(_answered, request, asked, day)


@router.post(
    "/sparql",
    operation_id="queryByPost",
    responses=ANSWERS,
    response_class=Response,
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {
                DIRECT: {"schema": {"type": "string"}, "example": EXAMPLE},
                FORM: {
                    "schema": {
                        "type": "object",
                        "required": ["query"],
                        "properties": {"query": {"type": "string"}},
                    },
                    "example": {"query": EXAMPLE},
                },
            },
        }
    },
)
async def post_sparql(request: Request, day: date = Depends(asked_day)) -> Response:
    """Ask by form or by direct POST."""
    try:
        asked = await _posted(request)
    except (ValueError, UnicodeError) as fault:
        raise _undecodable(fault) from None
    return await run_in_threadpool(_answered, request, asked, day)


def _undecodable(fault: Exception) -> ProblemError:
    detail = f"Send UTF-8, percent-encoded in forms: {fault}."
    return ProblemError(400, "undecodable", "Not UTF-8", detail)


def _answered(request: Request, asked: Asked, day: date) -> Response:
    if len(asked.query) > LONGEST_QUERY:
        raise _too_long()
    accept = ",".join(request.headers.getlist("accept")) or None
    types = [chosen(accept, offers) for offers in (RESULTS, BOOLEANS, GRAPHS)]
    parts = [asked.query, *asked.default_graphs, "|", *asked.named_graphs, *map(str, types)]
    tag = entity_tag(request, day.isoformat(), *parts)
    if is_held(request, tag):
        return not_modified(tag, **VARY)
    pool: Pool = request.app.state.pool
    results, booleans, graphs = types
    job = Job(
        store=str(request.app.state.days.of(day).store()),
        query=asked.query,
        results=results,
        booleans=booleans,
        graphs=graphs,
        default_graphs=asked.default_graphs,
        named_graphs=asked.named_graphs,
        most_bytes=pool.limits.most_bytes,
    )
    try:
        found = pool.run(job)
    except RefusedError as fault:
        raise _problem(fault) from None
    charset = "; charset=utf-8" if found.media_type.startswith("text/") else ""
    headers = {"ETag": tag, "Content-Type": found.media_type + charset, **VARY}
    return Response(found.body, headers=headers)


def _problem(fault: RefusedError) -> ProblemError:
    members = dict(fault.members)
    wait = members.pop("retry_after", None)
    headers = {"Retry-After": str(wait)} if wait else {}
    return ProblemError(fault.status, fault.slug, fault.title, fault.detail, headers, **members)
