"""Stores of other makers, started for a test: Oxigraph's own server, and Virtuoso."""

from __future__ import annotations

import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.parse import urlencode
from urllib.request import urlopen

from tests.server import COMMAND, free_port

START_SECONDS = 120.0
VIRTUOSO = shutil.which("virtuoso-t")
ALLOWED = (
    'GRANT EXECUTE ON DB.DBA.SPARQL_INSERT_DICT_CONTENT TO "SPARQL";'
    'GRANT SPARQL_UPDATE TO "SPARQL";'
    "DB.DBA.RDF_DEFAULT_USER_PERMS_SET('nobody', 7);"
)
CONFIGURATION = """
[Database]
DatabaseFile = {folder}/virtuoso.db
ErrorLogFile = {folder}/virtuoso.log
LockFile = {folder}/virtuoso.lck
TransactionFile = {folder}/virtuoso.trx
xa_persistent_file = {folder}/virtuoso.pxa
[TempDatabase]
DatabaseFile = {folder}/virtuoso-temp.db
TransactionFile = {folder}/virtuoso-temp.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
NumberOfBuffers = 20000
MaxDirtyBuffers = 15000
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerThreads = 8
[SPARQL]
ResultSetMaxRows = 1000000
"""


@dataclass(frozen=True)
class Store:
    """Where a store is written to, by the Graph Store Protocol, and where it is asked."""

    graph_store: str
    query: str


def _answers(query: str, process: subprocess.Popen[bytes]) -> None:
    address = f"{query}?{urlencode({'query': 'SELECT * { ?s ?p ?o } LIMIT 1'})}"
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end and process.poll() is None:
        try:
            with urlopen(address, timeout=10):
                return
        except (URLError, OSError):
            time.sleep(0.1)
    raise TimeoutError(f"{query} does not answer")


@contextmanager
def _started(command: list[str], folder: Path, store: Store) -> Iterator[Store]:
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    with subprocess.Popen(command, cwd=folder, **quiet) as process:
        try:
            _answers(store.query, process)
            yield store
        finally:
            process.kill()


@contextmanager
def oxigraph_server(folder: Path) -> Iterator[Store]:
    """Oxigraph's own server, empty."""
    bind = f"127.0.0.1:{free_port()}"
    program = str(COMMAND.with_name("oxigraph"))
    command = [program, "serve", "--location", str(folder / "store"), "--bind", bind]
    with _started(command, folder, Store(f"http://{bind}/store", f"http://{bind}/query")) as store:
        yield store


@contextmanager
def virtuoso(folder: Path) -> Iterator[Store]:
    """Virtuoso, empty, in which anybody on this machine may write."""
    sql, http = free_port(), free_port()
    (folder / "virtuoso.ini").write_text(
        CONFIGURATION.format(folder=folder, sql=sql, http=http), encoding="utf-8"
    )
    command = [str(VIRTUOSO), "+configfile", "virtuoso.ini", "+foreground"]
    base = f"http://127.0.0.1:{http}"
    store = Store(f"{base}/sparql-graph-crud", f"{base}/sparql")
    with _started(command, folder, store):
        asking = ["isql-vt", f"127.0.0.1:{sql}", "dba", "dba", f"exec={ALLOWED}"]
        subprocess.run(asking, check=True, capture_output=True)
        yield store
