"""The application over one corpus: pages for people, reports for programs, a SPARQL endpoint."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date
from pathlib import Path

from fastapi import FastAPI
from pyoxigraph import RdfFormat
from starlette.staticfiles import StaticFiles

from omissus import __version__
from omissus.corpus import Corpus
from omissus.dumps import dumped
from omissus.http import (
    describing,
    documentation,
    gaps,
    graph_store,
    linked_data,
    openapi,
    operations,
    pages,
    problems,
    query_pages,
    reference,
    sparql,
)
from omissus.http.days import Days
from omissus.http.limits import Limits
from omissus.http.metrics import Metrics
from omissus.http.other_store import OtherStore
from omissus.http.pool import Pool
from omissus.http.rendering import STATIC
from omissus.http.transfer import Transfer
from omissus.store import cache_folder

LOGGER = logging.getLogger("omissus")
LOOK_SECONDS = 5.0
"""How soon the server notices that the store of today is another one."""


async def _stay_of_today(days: Days, pool: Pool | OtherStore) -> None:
    """Open the store of today, each day anew and whenever reports were added to it."""
    opened = None
    while True:
        today = days.of(date.today())
        try:
            store = await today.ready_store()
            if store != opened:
                if isinstance(pool, Pool):
                    whole = (store, None, RdfFormat.N_QUADS, days.cache)
                    await pool.open(store, await asyncio.to_thread(dumped, *whole))
                opened = store
                await asyncio.to_thread(today.cells)  # what the first page shows
        except Exception:
            LOGGER.exception("the store of today could not be made ready")
        await asyncio.sleep(LOOK_SECONDS)


def create_app(
    corpus: Corpus,
    limits: Limits = Limits(),
    cache: Path | None = None,
    reports: bool = False,
    store: str | None = None,
) -> FastAPI:
    """The web application over a corpus.

    `limits` bound each SPARQL query; `cache` is the folder for stores, the user's if left out;
    with `reports` the validation reports of today are made beside the server; `store` is the query
    service of a store of other makers to ask in place of our own.
    """
    metrics = Metrics()
    other = OtherStore(store, limits, metrics) if store else None
    days = Days(corpus, cache or cache_folder(), reports, other)
    pool = other or Pool(limits, metrics)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        preparing = asyncio.create_task(_stay_of_today(days, pool))
        yield
        preparing.cancel()
        await pool.close()

    app = FastAPI(
        title="Omissus",
        version=__version__,
        summary="Which acts a treaty requires a State to criminalise, and its law leaves out",
        docs_url=None,  # FastAPI's own pages load their scripts from elsewhere
        redoc_url=None,
        lifespan=lifespan,
    )
    app.state.corpus = corpus
    app.state.days = days
    app.state.pool = pool
    app.state.metrics = metrics
    problems.install(app)
    openapi.install(app, corpus)
    app.include_router(gaps.router)
    app.include_router(operations.router)
    app.include_router(sparql.router)
    app.include_router(graph_store.router)
    app.include_router(describing.router)
    app.include_router(linked_data.router)
    app.include_router(pages.router)
    app.include_router(query_pages.router)
    app.include_router(documentation.router)
    app.include_router(reference.router)
    app.mount("/static", StaticFiles(directory=STATIC), name="static")

    app.add_middleware(Transfer)
    return app
