"""An endpoint of ours over a store made for a test, behind a real HTTP server."""

from __future__ import annotations

import threading
import time
from collections.abc import AsyncIterator, Iterable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import httpx2
import uvicorn
from fastapi import FastAPI
from pyoxigraph import NamedNode, Quad, Store

from omissus.http import describing, graph_store, problems, sparql
from omissus.http.front import Front, connections
from omissus.http.limits import Limits
from omissus.http.metrics import Metrics
from omissus.http.pool import Pool
from omissus.http.transfer import Transfer


@dataclass
class Stores:
    """Stands in for the days of a corpus: one store, which a test may change for another."""

    cache: Path
    release: str = "W3C"
    additions: int = 0
    other: None = None
    folder: Path = field(init=False)

    def __post_init__(self) -> None:
        self.hold(())

    def hold(self, quads: Iterable[Quad], empty: Iterable[str] = ()) -> None:
        """Serve these statements from now on, and these graphs without statements."""
        self.additions += 1
        self.folder = self.cache / f"store-{self.additions}"
        store = Store(str(self.folder))
        store.bulk_extend(quads)
        for name in empty:
            store.add_graph(NamedNode(name))
        store.flush()

    def of(self, _: date) -> Stores:
        return self

    def store(self) -> Path:
        return self.folder

    def store_at_hand(self) -> Path:
        return self.folder

    async def ready_store(self) -> Path:
        return self.folder


def application(stores: Stores) -> FastAPI:
    """The protocols of the application, without pages and reports."""
    metrics = Metrics()
    pool = Pool(Limits(workers=1), metrics)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        await pool.open()
        yield
        await pool.close()

    app = FastAPI(lifespan=lifespan)
    app.state.days, app.state.pool, app.state.metrics = stores, pool, metrics
    problems.install(app)
    for module in (sparql, graph_store, describing):
        app.include_router(module.router)
    app.add_middleware(Transfer)
    return app


@contextmanager
def served(stores: Stores) -> Iterator[httpx2.Client]:
    """A client of the endpoint, which answers as `omissus serve` does, on a free port."""
    front = Front(application(stores))
    http = connections(front)
    config = uvicorn.Config(front, host="127.0.0.1", port=0, http=http, log_level="error")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    port = server.servers[0].sockets[0].getsockname()[1]
    with httpx2.Client(base_url=f"http://127.0.0.1:{port}", timeout=60) as client:
        yield client
    server.should_exit = True
    thread.join()
