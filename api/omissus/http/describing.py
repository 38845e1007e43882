"""The service description, VoID and DCAT of what this server offers, in the format asked for."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import Any

import pyoxigraph
from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import RedirectResponse
from pyoxigraph import Triple

from omissus.catalogue import dcat, void
from omissus.description import PREFIXES, HeldGraph, Offer
from omissus.http.caching import is_held, not_modified, tag_of
from omissus.http.days import Days, asked_day
from omissus.http.formats import GRAPHS, content_type
from omissus.http.jobs import Job
from omissus.http.negotiation import wanted
from omissus.http.openapi import problem, texts
from omissus.http.pool import Pool
from omissus.store import query_text

router = APIRouter(tags=["description"])

ANSWERS: dict[int | str, dict[str, Any]] = {
    200: {"description": "The description", "content": texts(GRAPHS)},
    304: {"description": "The client holds this answer"},
    406: problem("No acceptable media type"),
    503: problem("A server that is busy"),
}

JSON = "application/sparql-results+json"


async def _rows(pool: Pool, store: Path, query: str) -> list[dict[str, str]]:
    job = Job(str(store), query_text(query), results=JSON, booleans=None, graphs=None)
    found = json.loads((await pool.run(job)).body)
    return [
        {name: told["value"] for name, told in row.items()} for row in found["results"]["bindings"]
    ]


async def _held(pool: Pool, store: Path) -> tuple[int, tuple[HeldGraph, ...]]:
    """Statements in all graphs of a store together, and each graph."""
    (size,) = await _rows(pool, store, "union-size")
    graphs = tuple(
        HeldGraph(
            name=row["graph"],
            triples=int(row["triples"]),
            subjects=int(row["subjects"]),
            label=row.get("title"),
            first=date.fromisoformat(row["first"]) if "first" in row else None,
            records=tuple(sorted(row.get("records", "").split())),
        )
        for row in await _rows(pool, store, "graphs")
    )
    return int(size["triples"]), graphs


async def described(
    request: Request, day: date, describe: Callable[[Offer], Iterable[Triple]], what: str
) -> Response:
    """A description of what is offered, in the format that the client wants most."""
    media_type = wanted(request, tuple(GRAPHS), what)
    days: Days = request.app.state.days
    store = await days.of(day).ready_store()
    base = str(request.base_url).rstrip("/")
    tag = tag_of(store.name, base, what, media_type)
    if is_held(request, tag):
        return not_modified(tag, Vary="Accept")
    union, graphs = await _held(request.app.state.pool, store)
    offer = Offer(base, days.release, day, union, graphs)
    triples = dict.fromkeys(describe(offer))
    body = pyoxigraph.serialize(triples, format=GRAPHS[media_type], prefixes=PREFIXES)
    headers = {"ETag": tag, "Vary": "Accept", "Content-Type": content_type(media_type)}
    return Response(body, headers=headers)


@router.get("/void", operation_id="void", responses=ANSWERS, response_class=Response)
async def void_description(request: Request, day: date = Depends(asked_day)) -> Response:
    """The dataset and its graphs as VoID: sizes, vocabularies, endpoint, downloads."""
    return await described(request, day, void, "The description of the dataset")


@router.get("/dcat", operation_id="dcat", responses=ANSWERS, response_class=Response)
async def dcat_description(request: Request, day: date = Depends(asked_day)) -> Response:
    """The catalogue as DCAT: licence, temporal cover, provenance, distributions."""
    return await described(request, day, dcat, "The catalogue")


@router.get("/.well-known/void", include_in_schema=False)
def well_known() -> Response:
    """Where the description is, for clients that know nothing but the host (VoID, section 7.2)."""
    return RedirectResponse("/void", status_code=302)
