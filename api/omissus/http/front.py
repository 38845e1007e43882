"""What stands before the application: the gate, and a short way for queries.

A small query costs less than the framework that leads to it: queries go past it, and an answer
that is kept is given at once. All else goes through the application, as does what a browser needs.
"""

from __future__ import annotations

from functools import partial
from typing import Any

from fastapi import FastAPI, Request
from starlette.requests import ClientDisconnect
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from omissus.http.connection import Patience
from omissus.http.gate import Gate
from omissus.http.kept import Kept, Tagged, question_of
from omissus.http.logs import AccessLog, Visit
from omissus.http.plain_queries import PlainQueries
from omissus.http.problems import document, told_by
from omissus.http.rate import Rate
from omissus.http.short_way import ShortWay
from omissus.http.sparql import answer
from omissus.http.transfer import Transfer


class Front:
    """The application with all that a server needs before it.

    Without `log` requests are not logged, without `rate` clients may ask as often as they can.
    """

    def __init__(
        self, app: FastAPI, log: AccessLog | None = None, rate: Rate | None = None
    ) -> None:
        self._app = app
        self._gate = Gate(app.state.metrics, log, rate)
        self._kept: Kept[Tagged] = Kept()
        self._queries = Transfer(self._endpoint)
        self.plain_queries = PlainQueries(app, self._gate)
        """What a connection may ask instead."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            self._gate.close()  # the server is over: its process may end at any moment
            return
        visit = self._gate.enter(scope)
        try:
            if visit.refusal:
                await self._lead(document(visit.refusal), visit, scope, receive, send)
            elif _is_query(scope):
                await self._lead(self._queries, visit, scope, receive, send)
            else:
                await self._lead(self._app, visit, scope, receive, send)
        except ClientDisconnect:
            pass
        finally:
            self._gate.leave(scope, visit)

    async def _lead(
        self, app: ASGIApp, visit: Visit, scope: Scope, receive: Receive, send: Send
    ) -> None:
        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                visit.status = message["status"]
                message["headers"] = [*message["headers"], (b"x-request-id", visit.name)]
            else:
                visit.size += len(message.get("body", b""))
            await send(message)

        await app(scope, receive, sending)

    async def _endpoint(self, scope: Scope, receive: Receive, send: Send) -> None:
        found = await self._query(scope, receive)
        headers = list(found.raw_headers)
        start = {"type": "http.response.start", "status": found.status_code, "headers": headers}
        await send(start)
        await send({"type": "http.response.body", "body": found.body})

    async def _query(self, scope: Scope, receive: Receive) -> Response:
        state = scope.setdefault("state", {})
        question = question_of(scope, self._app.state.days.additions)
        kept = self._kept.get(question.key) if question else None
        if kept and question:
            self._app.state.metrics.kept_answers.inc()
            state["query"] = kept.query
            return kept.given_to(question.held)
        scope["app"] = self._app
        request = Request(scope, receive)
        try:
            found = await answer(request)
        except Exception as fault:
            return told_by(self._app, scope, fault)
        tag = found.headers.get("etag")
        if question and tag and found.status_code == 200:
            kept = Tagged(found, tag.encode(), state.get("query", ""))
            self._kept.keep(question.key, kept, len(found.body))
        return found


def _is_query(scope: Scope) -> bool:
    return scope["path"] == "/sparql" and scope["method"] in ("GET", "HEAD", "POST")


def connections(front: Front, patience: Patience = Patience()) -> Any:
    """What the server library is to call for each new connection to this front."""
    return partial(ShortWay, patience=patience, answerer=front.plain_queries)
