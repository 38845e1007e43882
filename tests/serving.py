"""The application as tests ask it: once it is ready, however busy the machine is."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from starlette.testclient import TestClient
from starlette.types import ASGIApp

READY_SECONDS = 120.0


@contextmanager
def serving(app: ASGIApp, **options: Any) -> Iterator[TestClient]:
    """A client of the application, which has opened its store and started a worker."""
    with TestClient(app, **options) as client:
        end = time.monotonic() + READY_SECONDS
        while client.get("/readyz").status_code != 200:
            assert time.monotonic() < end, "the application does not become ready"
            time.sleep(0.05)
        yield client
