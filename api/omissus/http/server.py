"""The server process: one address, one event loop, its worker processes, an orderly end."""

from __future__ import annotations

import gc
import os
import sys
from dataclasses import dataclass
from ipaddress import ip_address

import uvicorn

from omissus.corpus import Corpus
from omissus.http.app import create_app
from omissus.http.connection import Patience
from omissus.http.front import Front, connections
from omissus.http.limits import Limits
from omissus.http.logs import AccessLog, configuration
from omissus.http.rate import Rate

MOST_CONNECTIONS = 512
WAITING_CONNECTIONS = 1024
SHARE_SECONDS = 0.001
"""How long a thread that computes findings may keep the event loop waiting."""
REQUESTS_PER_SECOND = 50.0


@dataclass(frozen=True)
class Address:
    """Where the server listens."""

    host: str = "127.0.0.1"
    port: int = 8000

    @property
    def is_loopback(self) -> bool:
        """Whether only this machine can reach it."""
        return self.host == "localhost" or ip_address(self.host).is_loopback


def serve(
    corpus: Corpus,
    address: Address,
    limits: Limits = Limits(),
    patience: Patience = Patience(),
    rate: float | None = None,
    query_text: bool = False,
    store: str | None = None,
) -> None:
    """Serve until a signal comes; then finish what runs, within its limits, and end the workers.

    `rate` is in requests per second and client; left out, there is one unless only this machine
    can reach the server. `query_text` writes queries into the log. `store` is the query service of
    a store of other makers to ask in place of our own.
    """
    sys.setswitchinterval(SHARE_SECONDS)
    if rate is None:
        rate = 0 if address.is_loopback else REQUESTS_PER_SECOND
    log = AccessLog(query_text=query_text)
    app = create_app(corpus, limits, reports=True, store=store)
    front = Front(app, log, Rate(rate) if rate else None)
    gc.collect()
    gc.freeze()  # what is there now stays, and need not be looked through again and again
    uvicorn.run(
        front,
        host=address.host,
        port=address.port,
        http=connections(front, patience),
        ws="none",
        access_log=False,
        log_config=configuration(),
        server_header=False,
        proxy_headers="FORWARDED_ALLOW_IPS" in os.environ,
        backlog=WAITING_CONNECTIONS,
        limit_concurrency=MOST_CONNECTIONS,
        timeout_graceful_shutdown=int(limits.seconds) + 2,
    )
