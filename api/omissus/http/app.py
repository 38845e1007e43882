"""The application over one corpus: pages for people, reports for programs, a SPARQL endpoint."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date
from pathlib import Path
from threading import Thread

from fastapi import FastAPI
from starlette.staticfiles import StaticFiles

from omissus import __version__
from omissus.corpus import Corpus
from omissus.http import describing, gaps, graph_store, pages, problems, sparql, transfer
from omissus.http.days import Days
from omissus.http.pool import Limits, Pool
from omissus.http.rendering import STATIC
from omissus.store import cache_folder


def create_app(corpus: Corpus, limits: Limits = Limits(), cache: Path | None = None) -> FastAPI:
    """The web application over a corpus.

    `limits` bound each SPARQL query; `cache` is the folder for stores, the user's if left out.
    """
    days = Days(corpus, cache or cache_folder())
    pool = Pool(limits)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        Thread(target=days.of(date.today()).cells, daemon=True).start()  # ready for the first page
        pool.start()
        yield
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
    problems.install(app)
    app.include_router(gaps.router)
    app.include_router(sparql.router)
    app.include_router(graph_store.router)
    app.include_router(describing.router)
    app.include_router(pages.router)
    app.mount("/static", StaticFiles(directory=STATIC), name="static")

    transfer.install(app)
    return app
