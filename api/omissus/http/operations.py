"""How the server is: for those who run it."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response
from prometheus_client import CONTENT_TYPE_LATEST

from omissus import __version__
from omissus.http.models import Health, Release
from omissus.http.openapi import problem
from omissus.http.problems import ProblemError

router = APIRouter(tags=["server"])


@router.get("/healthz", operation_id="health")
async def health() -> Health:
    """Whether the server answers."""
    return Health()


@router.get(
    "/readyz",
    operation_id="ready",
    responses={503: problem("Not yet")},
)
async def ready(request: Request) -> Health:
    """Whether the store of today is built and a worker waits for queries."""
    if not request.app.state.pool.ready:
        detail = "The store is being built, or no worker has started yet."
        raise ProblemError(503, "not-ready", "Not ready", detail, {"Retry-After": "1"})
    return Health()


@router.get("/version", operation_id="version")
async def version(request: Request) -> Release:
    """What is running."""
    return Release(version=__version__, release=request.app.state.corpus.graph.release)


@router.get("/metrics", include_in_schema=False)
async def metrics(request: Request) -> Response:
    """What was counted, for Prometheus."""
    return Response(request.app.state.metrics.text(), media_type=CONTENT_TYPE_LATEST)
