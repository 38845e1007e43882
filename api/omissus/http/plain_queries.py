"""The answers to plain queries: from memory, or from a worker.

What the endpoint would answer is answered here; what needs more than that is left to it.
"""

from __future__ import annotations

from asyncio import Future
from datetime import date
from functools import lru_cache, partial
from typing import NamedTuple

from fastapi import FastAPI
from starlette.responses import Response
from starlette.types import Scope

from omissus.http.asked import by_get
from omissus.http.caching import holds, not_modified
from omissus.http.days import Days
from omissus.http.gate import Gate
from omissus.http.jobs import Answer, RefusedError
from omissus.http.kept import Kept, Key
from omissus.http.logs import Visit
from omissus.http.negotiation import accepted
from omissus.http.pool import Pool
from omissus.http.problems import ProblemError, document, told_by
from omissus.http.short_way import ShortWay
from omissus.http.sparql import VARY, job_of, told
from omissus.http.transfer import dressed, lines


class _Whole(NamedTuple):
    """An answer as it leaves the server, and the request that it was the answer to."""

    status: int
    head: bytes
    body: bytes
    scope: Scope


class PlainQueries:
    """Answers plain queries. An answer is kept for the very bytes of its request."""

    def __init__(self, app: FastAPI, gate: Gate) -> None:
        self._app = app
        self._gate = gate
        self._kept: Kept[_Whole] = Kept()
        self._again = app.state.metrics.kept_answers
        self._days: Days = app.state.days
        self._pool: Pool = app.state.pool

    def takes(self, request: bytes, connection: ShortWay) -> bool:
        """Whether it sees to the answer, which `connection.answer` then gets, at once or later."""
        key = (request, date.today(), self._days.additions)
        kept = self._kept.get(key)
        if kept is None:
            scope = connection.requests.read(request)
            return scope is not None and self._begins(key, scope, connection)
        scope = {**kept.scope, "client": connection.client}
        visit = self._gate.enter(scope)
        if visit.refusal:
            kept = _whole(document(visit.refusal), scope)
        else:
            self._again.inc()
        self._give(visit, kept._replace(scope=scope), connection)
        return True

    def _begins(self, key: Key, scope: Scope, connection: ShortWay) -> bool:
        scope["client"], scope["scheme"] = connection.client, connection.scheme
        try:
            asked = by_get(scope)
            store = self._days.of(date.today()).store_at_hand()
            if asked is None or asked.at is not None or store is None:
                return False
            job, tag = job_of(asked, accepted(scope), store, self._pool.limits.most_bytes)
        except ProblemError:
            return False
        scope["state"]["query"] = asked.query
        visit = self._gate.enter(scope)
        if visit.refusal:
            self._give(visit, _whole(document(visit.refusal), scope), connection)
        elif holds(scope, tag):
            self._give(visit, _whole(not_modified(tag, **VARY), scope), connection)
        else:
            reply = self._pool.begin(job, connection.gone.wait)
            reply.add_done_callback(partial(self._found, visit, key, scope, connection, tag))
        return True

    def _found(
        self,
        visit: Visit,
        key: Key,
        scope: Scope,
        connection: ShortWay,
        tag: str,
        reply: Future[Answer],
    ) -> None:
        try:
            found = reply.result()
            ours = b"etag: %s\r\ncontent-length: %d\r\n" % (tag.encode(), len(found.body))
            whole = _Whole(200, _same_head(found.media_type) + ours, found.body, scope)
            self._kept.keep(key, whole, len(whole.body) + len(whole.head))
        except RefusedError as refusal:
            whole = _whole(told_by(self._app, scope, refusal), scope)
        self._give(visit, whole, connection)

    def _give(self, visit: Visit, whole: _Whole, connection: ShortWay) -> None:
        if not connection.gone.is_set():
            visit.status, visit.size = whole.status, len(whole.body)
            named = b"%sx-request-id: %s\r\n" % (whole.head, visit.name)
            connection.answer(whole.status, named, whole.body)
        self._gate.leave(whole.scope, visit)


@lru_cache(maxsize=32)
def _same_head(media_type: str) -> bytes:
    """The header lines that are the same for all answers of a media type."""
    headers = dressed(told(Answer(media_type, b""), "").raw_headers)
    return lines([header for header in headers if header[0] not in (b"etag", b"content-length")])


def _whole(answer: Response, scope: Scope) -> _Whole:
    headers = lines(dressed(answer.raw_headers))
    return _Whole(answer.status_code, headers, bytes(answer.body), scope)
