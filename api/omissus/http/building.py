"""The store of a day, built in a process of its own, so that the server goes on answering."""

from __future__ import annotations

import pickle
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from threading import BoundedSemaphore, Lock

from omissus.corpus_reading import read_corpus
from omissus.findings import Findings
from omissus.graph import load
from omissus.http.jobs import RefusedError
from omissus.store import on_disk, store_folder

BUILD_SECONDS = 120.0
MOST_WAITING = 8

_room = BoundedSemaphore(MOST_WAITING)
_one_at_a_time = Lock()


def built_apart(findings: Findings, cache: Path) -> Path:
    """Folder of the store of these findings, which another process builds if it is not there.

    Blocks until it is. Raises RefusedError where too many stores wait to be built, and where one
    cannot be built.
    """
    folder = store_folder(findings, cache)
    if folder.is_dir():
        folder.touch()
        return folder
    if not _room.acquire(blocking=False):
        detail = "The findings of too many days are being computed. Ask again shortly."
        raise RefusedError(503, "busy", "Busy", detail, {"retry_after": 10})
    try:
        with _one_at_a_time:
            _build_in_process(findings, folder, cache)
    finally:
        _room.release()
    return folder


def _build_in_process(findings: Findings, folder: Path, cache: Path) -> None:
    graph = findings.corpus.graph
    command = [sys.executable, "-m", "omissus.http.building"]
    task = pickle.dumps((graph.root, graph.files, findings.day, cache))
    with suppress(subprocess.TimeoutExpired):
        subprocess.run(command, input=task, timeout=BUILD_SECONDS, check=False)
    if not folder.is_dir():
        detail = f"The findings of {findings.day} could not be computed; the log tells why."
        raise RefusedError(500, "store-failed", "No store", detail)


def _build() -> None:
    root, files, day, cache = pickle.load(sys.stdin.buffer)
    on_disk(Findings(read_corpus(load(root, files)), day), cache)


if __name__ == "__main__":
    _build()
