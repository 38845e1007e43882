"""Validation reports made beside the server: one day after another, by a process that gives way."""

from __future__ import annotations

import logging
import multiprocessing
import os
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from queue import Full, Queue
from threading import Lock, Thread

from omissus.findings import Findings
from omissus.http.jobs import RefusedError
from omissus.store import report_file

LOGGER = logging.getLogger("omissus")
MOST_WAITING = 4
LOWEST_PRIORITY = 19
LOOK_AGAIN_SECONDS = 30


def _make(root: Path, files: tuple[Path, ...], day: date, path: Path) -> None:
    from omissus.corpus_reading import read_corpus
    from omissus.graph import load
    from omissus.validation import write_reports

    Thread(target=_end_with_server, daemon=True).start()
    _give_way()
    write_reports(Findings(read_corpus(load(root, files)), day), path)


def _give_way() -> None:
    """Run only where no one else would."""
    if sys.platform == "linux":  # the only system that wakes others as if we were not there
        os.sched_setscheduler(0, os.SCHED_IDLE, os.sched_param(0))
    else:
        os.nice(LOWEST_PRIORITY)


def _end_with_server() -> None:
    server = multiprocessing.parent_process()
    if server:
        server.join()
        os._exit(1)  # nobody is left to want the reports


class Reports:
    """The reports of the days that were asked for; a process for each, one at a time."""

    def __init__(self, cache: Path, on_made: Callable[[date], None]) -> None:
        self._cache = cache
        self._on_made = on_made
        self._wanted: Queue[Findings] = Queue(MOST_WAITING)
        self._asked: set[date] = set()
        self._failed: set[date] = set()
        self._lock = Lock()
        self._maker: Thread | None = None

    def want(self, findings: Findings) -> None:
        """Have the reports of a day made, unless they are there or being made.

        Raises RefusedError where too many days wait, and where these could not be made.
        """
        day = findings.day
        with self._lock:
            if day in self._failed:
                detail = f"The validation reports of {day} could not be made; the log tells why."
                raise RefusedError(500, "report-failed", "No report", detail)
            if day in self._asked or report_file(findings, self._cache).is_file():
                return
            try:
                self._wanted.put_nowait(findings)
            except Full:
                detail = "The validation reports of too many days are being made. Ask again later."
                after = {"retry_after": LOOK_AGAIN_SECONDS}
                raise RefusedError(503, "busy", "Busy", detail, after) from None
            self._asked.add(day)
            if self._maker is None:
                self._maker = Thread(target=self._make_all, daemon=True)
                self._maker.start()

    def failed(self, day: date) -> bool:
        """Whether the reports of a day could not be made."""
        with self._lock:
            return day in self._failed

    def _make_all(self) -> None:
        while True:
            findings = self._wanted.get()
            graph, path = findings.corpus.graph, report_file(findings, self._cache)
            process = multiprocessing.get_context("spawn").Process(
                target=_make, args=(graph.root, graph.files, findings.day, path), daemon=True
            )
            process.start()
            process.join()
            try:
                if not path.is_file():
                    raise RuntimeError(f"the process ended with {process.exitcode}")
                self._on_made(findings.day)
            except Exception:
                LOGGER.exception("no validation reports of %s", findings.day)
                with self._lock:
                    self._failed.add(findings.day)
            with self._lock:
                self._asked.discard(findings.day)


def being_made(day: date) -> RefusedError:
    """The refusal of reports that are not made yet."""
    detail = (
        f"The gap shapes are being run on the law of {day}, which takes minutes. Ask again then."
    )
    after = {"retry_after": LOOK_AGAIN_SECONDS}
    return RefusedError(503, "being-made", "Being made", detail, after)
