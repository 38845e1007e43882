"""The SPARQL 1.1 endpoint: queries by GET, form and direct POST; it changes and fetches nothing."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import date
from pathlib import Path
from typing import Any

from fastapi import APIRouter, Depends, Query, Request, Response

from omissus.http.asked import ACCEPTED, DIRECT, FORM, Asked, by_get, by_post
from omissus.http.caching import is_held, not_modified, tag_of
from omissus.http.days import Days, asked_day, day_named
from omissus.http.describing import described
from omissus.http.formats import BOOLEANS, GRAPHS, RESULTS, content_type
from omissus.http.jobs import Answer, Job
from omissus.http.negotiation import accepted, chosen
from omissus.http.openapi import problem, texts
from omissus.http.pool import Pool
from omissus.service_description import service_description
from omissus.store import query_text

router = APIRouter(tags=["SPARQL"])

ALLOWED = "GET, HEAD, POST, OPTIONS"
EXAMPLE = query_text("verdicts-by-territory")
VARY = {"Vary": "Accept"}
OFFERS = (tuple(RESULTS), BOOLEANS, tuple(GRAPHS))

QUERY = {"type": "string", "format": "sparql"}
DATASET = [
    {
        "name": f"{kind}-graph-uri",
        "in": "query",
        "description": f"Graphs of the {kind} part of the dataset, of those held here.",
        "schema": {"type": "array", "items": {"type": "string", "format": "iri"}},
        "examples": {"act": {"value": ["https://w3id.org/omissus/id/akn/pk/act/2018/34"]}},
    }
    for kind in ("default", "named")
]
ANSWERS: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "The results of SELECT or ASK, or the graph of CONSTRUCT or DESCRIBE",
        "content": texts((*RESULTS, *GRAPHS)),
    },
    304: {"description": "The client holds this answer"},
    **{
        status: problem(told)
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


@router.get(
    "/sparql",
    operation_id="query",
    responses=ANSWERS,
    response_class=Response,
    openapi_extra={"parameters": DATASET},
)
async def get_sparql(
    request: Request,
    query: str | None = Query(
        None,
        description="A SPARQL 1.1 query.",
        examples=[EXAMPLE],
        json_schema_extra={"format": QUERY["format"]},
    ),
    day: date = Depends(asked_day),
) -> Response:
    """Ask all graphs of a day, together in one default graph; without a query, what is there."""
    del query, day  # declared for the description of the interface
    return await answer(request)


@router.post(
    "/sparql",
    operation_id="queryByPost",
    responses=ANSWERS,
    response_class=Response,
    openapi_extra={
        "parameters": DATASET,
        "requestBody": {
            "required": True,
            "content": {
                DIRECT: {"schema": QUERY, "example": EXAMPLE},
                FORM: {
                    "schema": {
                        "type": "object",
                        "required": ["query"],
                        "properties": {"query": QUERY},
                    },
                    "example": {"query": EXAMPLE},
                },
            },
        },
    },
)
async def post_sparql(request: Request, day: date = Depends(asked_day)) -> Response:
    """Ask by form or by direct POST."""
    del day  # declared for the description of the interface
    return await answer(request)


@router.options("/sparql", include_in_schema=False)
def options() -> Response:
    """What may be done here."""
    return Response(status_code=204, headers={"Allow": ALLOWED, "Accept-Post": ACCEPTED})


def _gone(request: Request) -> Callable[[], Awaitable[None]]:
    async def gone() -> None:
        while (await request.receive())["type"] != "http.disconnect":
            continue

    return gone


def job_of(asked: Asked, accept: str | None, store: Path, most_bytes: int) -> tuple[Job, str]:
    """A query as a job over a store, and the entity tag of its answer. Raises ProblemError, 400."""
    results, booleans, graphs = types = [chosen(accept, offers) for offers in OFFERS]
    parts = [asked.query, *asked.default_graphs, "|", *asked.named_graphs, *map(str, types)]
    job = Job(
        store=str(store),
        query=asked.query,
        results=results,
        booleans=booleans,
        graphs=graphs,
        default_graphs=asked.default_graphs,
        named_graphs=asked.named_graphs,
        most_bytes=most_bytes,
    )
    return job, tag_of(store.name, *parts)


def told(found: Answer, tag: str) -> Response:
    """What a worker found, as it leaves the server."""
    headers = {"ETag": tag, "Content-Type": content_type(found.media_type), **VARY}
    return Response(found.body, headers=headers)


async def answer(request: Request) -> Response:
    """The answer of the endpoint."""
    asked = by_get(request.scope) if request.method == "GET" else await by_post(request)
    if asked is None:
        day = day_named(request.query_params.get("at"))
        return await described(request, day, service_description, "The service description")
    days: Days = request.app.state.days
    pool: Pool = request.app.state.pool
    store = await days.of(day_named(asked.at)).ready_store()
    request.state.query = asked.query
    job, tag = job_of(asked, accepted(request.scope), store, pool.limits.most_bytes)
    if is_held(request, tag):
        return not_modified(tag, **VARY)
    return told(await pool.run(job, is_gone=_gone(request)), tag)
