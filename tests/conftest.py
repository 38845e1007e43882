"""What tests share: the real corpus, read once."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from datetime import date
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pyoxigraph
import pytest

from omissus.corpus import Corpus
from omissus.data import open_corpus
from omissus.findings import Findings
from omissus.snapshot import snapshot
from tests.serving import serving

SHARED = Path(__file__).parents[1].parent / "shared"


@pytest.fixture(scope="session")
def corpus() -> Corpus:
    return open_corpus()


@pytest.fixture(scope="session")
def texts() -> Path:
    """Folder of statute texts, which are not part of the repository."""
    folder = Path(os.environ.get("OMISSUS_TEXTS", SHARED / "sources"))
    if not folder.is_dir():
        pytest.skip("NO STATUTE TEXTS: set OMISSUS_TEXTS to a folder of them to verify anchors")
    return folder


@pytest.fixture(scope="session")
def stores(tmp_path_factory):
    """A folder in which the tests of one run keep the stores of the days they ask for."""
    return tmp_path_factory.mktemp("stores")


@pytest.fixture(scope="session")
def client(corpus, stores):
    """A client of the application over the real corpus, as it is when nothing is set."""
    from omissus.http.app import create_app  # only the tests of the web wait for it

    with serving(create_app(corpus, cache=stores)) as client:
        yield client


@pytest.fixture(scope="session")
def conformance() -> Path:
    """Folder of the W3C's test suites, which are not part of the repository."""
    folder = Path(os.environ.get("OMISSUS_CONFORMANCE", SHARED / "conformance"))
    if not folder.is_dir():
        pytest.skip("NO W3C TEST SUITES: set OMISSUS_CONFORMANCE to a folder of them")
    return folder


@pytest.fixture(scope="session")
def snapshots(corpus: Corpus) -> Callable[[date, str], list[pyoxigraph.Quad]]:
    """The snapshot of a day and a territory, made once."""
    return cache(lambda day, territory: snapshot(Findings(corpus, day), territory))


@pytest.fixture(scope="session")
def canary():
    """A server on the loopback address that counts who calls it."""
    calls = []

    class Canary(BaseHTTPRequestHandler):
        def do_GET(self):
            calls.append(self.path)
            self.send_error(404)

        def do_POST(self):
            self.do_GET()

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Canary)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/", calls
    server.shutdown()
