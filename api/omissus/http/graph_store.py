"""The SPARQL 1.1 Graph Store HTTP Protocol, reading only, and downloads of the whole dataset."""

from __future__ import annotations

from datetime import date
from typing import Any

from fastapi import APIRouter, Depends, Path, Query, Request, Response
from fastapi.responses import FileResponse
from pyoxigraph import RdfFormat
from starlette.concurrency import run_in_threadpool

from omissus.description import WHOLE
from omissus.dumps import UnknownGraphError, dumped
from omissus.graphs import day_of, validation_graph
from omissus.http.asked import fields, graph_name
from omissus.http.caching import is_held, not_modified, tag_of
from omissus.http.days import Days, asked_day
from omissus.http.formats import GRAPHS, content_type
from omissus.http.negotiation import wanted
from omissus.http.openapi import problem, texts
from omissus.http.problems import ProblemError
from omissus.http.reports import being_made

router = APIRouter(tags=["graphs"])

DATASETS = {"trig": RdfFormat.TRIG, "nq": RdfFormat.N_QUADS}
ANSWERS: dict[int | str, dict[str, Any]] = {
    200: {"description": "The whole graph", "content": texts(GRAPHS)},
    304: {"description": "The client holds this answer"},
    400: problem("No graph, more than one, or a name that is no IRI"),
    404: problem("A graph that is not held"),
    406: problem("No acceptable media type"),
    503: problem("Validation reports that are being made, or a server that is busy"),
}


def _asked_graph(request: Request) -> str | None:
    """The graph asked for, None for the default graph. Raises ProblemError, 400."""
    found = fields(request.url.query)
    names, default = found.get("graph", []), "default" in found
    if len(names) + default != 1:
        detail = "Ask for one graph: ?graph=<IRI>, or ?default for all graphs together."
        raise ProblemError(400, "one-graph", "Not one graph", detail)
    return None if default else graph_name(names[0], "graph")


@router.get("/graph-store", operation_id="graph", responses=ANSWERS, response_class=Response)
async def graph(
    request: Request,
    graph: str | None = Query(
        None,
        description="IRI of a named graph, as of an Act; or send `default`, without a value.",
        examples=["https://w3id.org/omissus/id/akn/pk/act/2018/34"],
        json_schema_extra={"format": "iri"},
    ),
    default: str | None = Query(
        None, description="All graphs together, in place of `graph`.", examples=[""]
    ),
    day: date = Depends(asked_day),
) -> Response:
    """A whole graph. One of findings or validation is of its own day, unless `at` tells another.

    Validation reports are made when first asked for, which takes minutes: until then, 503.
    """
    del graph, default  # declared for the description of the interface
    name = _asked_graph(request)
    if name and not request.query_params.get("at"):
        day = day_of(name) or day
    media_type = wanted(request, tuple(GRAPHS), "A graph")
    return await _whole(request, day, name, media_type, GRAPHS[media_type])


@router.get(
    "/dataset.{ending}",
    operation_id="dataset",
    responses={
        200: {"description": "All graphs", "content": texts(WHOLE.values())},
        304: ANSWERS[304],
        404: problem("No such form of the dataset"),
        503: problem("A server that is busy"),
    },
    response_class=Response,
)
async def dataset(
    request: Request,
    ending: str = Path(examples=["trig"], json_schema_extra={"enum": list(DATASETS)}),
    day: date = Depends(asked_day),
) -> Response:
    """All graphs of a day, as TriG (dataset.trig) or N-Quads (dataset.nq)."""
    if ending not in DATASETS:
        detail = f"The dataset comes as {' and '.join(f'dataset.{known}' for known in DATASETS)}."
        raise ProblemError(404, "not-found", "Not found", detail)
    return await _whole(request, day, None, WHOLE[ending], DATASETS[ending])


async def _whole(
    request: Request, day: date, name: str | None, media_type: str, form: RdfFormat
) -> Response:
    days: Days = request.app.state.days
    store = await days.of(day).ready_store()
    tag = tag_of(store.name, name or "", media_type)
    if is_held(request, tag):
        return not_modified(tag, Vary="Accept")
    headers = {"ETag": tag, "Vary": "Accept", "Content-Type": content_type(media_type)}
    try:
        if days.other:
            return Response(await days.other.whole(store, name, form), headers=headers)
        path = await run_in_threadpool(dumped, store, name, form, days.cache)
        return FileResponse(path, headers=headers)
    except UnknownGraphError:
        if name == validation_graph(day) and not days.other:
            days.reports.want(days.of(day).findings)
            raise being_made(day) from None
        detail = f"This store does not hold <{name}>. GET /sparql lists the graphs that it holds."
        raise ProblemError(404, "unknown-graph", "Unknown graph", detail) from None
