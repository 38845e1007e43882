"""The store of a day, built in a process of its own, so that the server goes on answering."""

from __future__ import annotations

import multiprocessing
from datetime import date
from pathlib import Path
from threading import BoundedSemaphore, Lock

from omissus.findings import Findings
from omissus.http.jobs import RefusedError
from omissus.store import store_folder

BUILD_SECONDS = 120.0
MOST_WAITING = 8

_room = BoundedSemaphore(MOST_WAITING)
_one_at_a_time = Lock()


def _build(root: Path, files: tuple[Path, ...], day: date, cache: Path) -> None:
    from omissus.corpus import read_corpus
    from omissus.graph import load
    from omissus.store import on_disk

    on_disk(Findings(read_corpus(load(root, files)), day), cache)


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
    process = multiprocessing.get_context("spawn").Process(
        target=_build, args=(graph.root, graph.files, findings.day, cache), daemon=True
    )
    process.start()
    process.join(BUILD_SECONDS)
    if process.exitcode is None:
        process.kill()
    if not folder.is_dir():
        detail = f"The findings of {findings.day} could not be computed; the log tells why."
        raise RefusedError(500, "store-failed", "No store", detail)
