"""Findings by day: computed when first asked for, and the last few days kept."""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from pathlib import Path
from threading import Lock
from time import monotonic

from fastapi import Query, Request
from starlette.concurrency import run_in_threadpool

from omissus.corpus import Corpus
from omissus.findings import Cell, Findings
from omissus.http.building import built_apart
from omissus.http.jobs import RefusedError
from omissus.http.other_store import OtherStore
from omissus.http.problems import ProblemError
from omissus.http.rendering import is_page
from omissus.http.reports import Reports
from omissus.jurisdiction import BaseFinding, bases_of_jurisdiction

KEPT_DAYS = 8
DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
TOUCH_SECONDS = 10.0
"""How often a store in use is marked as used, so that it is not the one to be forgotten."""


class Day:
    """All findings on the law of one day, and the store that holds them, each made once."""

    def __init__(
        self,
        corpus: Corpus,
        day: date,
        cache: Path,
        on_store: Callable[[Findings, bool], None],
        other: OtherStore | None,
    ) -> None:
        self.findings = Findings(corpus, day)
        self._cache = cache
        self._on_store = on_store
        self._other = other
        self._cells: tuple[Cell, ...] | None = None
        self._bases: tuple[BaseFinding, ...] | None = None
        self._store: Path | None = None
        self._touched = -TOUCH_SECONDS
        self._lock = Lock()
        self._store_lock = Lock()

    def cells(self) -> tuple[Cell, ...]:
        """Every finding, in the order of the treaty."""
        with self._lock:
            if self._cells is None:
                self._cells = tuple(self.findings.cells())
            return self._cells

    def federal_bases(self) -> tuple[BaseFinding, ...]:
        """How far federal offences reach beyond the border, Act by Act."""
        with self._lock:
            if self._bases is None:
                federal = self.findings.corpus.states[0].iri
                self._bases = bases_of_jurisdiction(self.findings, federal)
            return self._bases

    def store(self) -> Path:
        """Folder of the SPARQL store, built if need be."""
        with self._store_lock:
            before, store = self._store, built_apart(self.findings, self._cache)
            self._store, self._touched = store, monotonic()
        self._on_store(self.findings, before not in (None, store))
        return store

    async def ready_store(self) -> Path:
        """Folder of the SPARQL store, for the event loop: a thread waits where it is not built.

        Where another store is asked, the name of the day's data there.
        """
        if self._other:
            return await self._other.ready_store(self.findings)
        at_hand = self.store_at_hand()
        return at_hand if at_hand else await run_in_threadpool(self.store)

    def store_at_hand(self) -> Path | None:
        """Folder of the SPARQL store, where it was found just now."""
        return self._store if monotonic() - self._touched < TOUCH_SECONDS else None


class Days:
    """The days that were asked for last.

    With `reports`, the validation reports of today are made as soon as its store is there; those of
    other days are made when asked for. With an `other` store nothing is built or made.
    """

    def __init__(
        self, corpus: Corpus, cache: Path, reports: bool = False, other: OtherStore | None = None
    ) -> None:
        self._corpus = corpus
        self.cache = cache
        self.other = other
        self.release = corpus.graph.release
        self.reports = Reports(self.cache, on_made=self._add_reports)
        self.additions = 0
        self._reports_of_today = reports
        self._kept: OrderedDict[date, Day] = OrderedDict()
        self._lock = Lock()

    def of(self, day: date) -> Day:
        """A day, with nothing computed that was not asked for before."""
        with self._lock:
            if day not in self._kept:
                self._kept[day] = Day(self._corpus, day, self.cache, self._look_after, self.other)
                if len(self._kept) > KEPT_DAYS:
                    self._kept.popitem(last=False)
            self._kept.move_to_end(day)
            return self._kept[day]

    def _look_after(self, findings: Findings, is_another: bool) -> None:
        """Count stores that took the place of another; have the reports of today made."""
        self.additions += is_another
        if self._reports_of_today and findings.day == date.today():
            with suppress(RefusedError):  # busy, or they cannot be made: the log tells
                self.reports.want(findings)

    def _add_reports(self, day: date) -> None:
        """Build the store of a day again, with the reports that were made."""
        self.of(day).store()
        self.additions += 1  # the day may have been forgotten, and answers about it kept


async def asked_day(
    request: Request,
    at: str | None = Query(
        None,
        description="The law of this day, as 2023-09-29; today if left out.",
        examples=["2023-09-29"],
        json_schema_extra={"format": "date"},
    ),
) -> date:
    """The day asked for. Raises ProblemError where it is none of the calendar.

    A reader may leave the field of a page empty; a program that sends an empty day forgot it.
    """
    return day_named((at or None) if is_page(request) else at)


def day_named(at: str | None) -> date:
    """The day of this name, today where there is none. Raises ProblemError, 400."""
    if at is None:
        return date.today()
    try:
        if not DAY.fullmatch(at):  # the standard library reads 20230929 and 2023-W39-5 too
            raise ValueError
        return date.fromisoformat(at)
    except ValueError:
        detail = f"{at!r} is no day of the calendar. Write it as 2023-09-29."
        raise ProblemError(400, "invalid-day", "Invalid day", detail) from None
