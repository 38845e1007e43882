"""What went wrong, told as application/problem+json (RFC 9457) or, to a reader, as a page."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from starlette.exceptions import HTTPException
from starlette.routing import Match
from starlette.types import Scope

from omissus.http.jobs import RefusedError
from omissus.http.rendering import is_page, render
from omissus.selection import UnknownNameError

LOGGER = logging.getLogger("omissus")
MEDIA_TYPE = "application/problem+json"
TYPES = "https://w3id.org/omissus/problem/"


class ProblemError(Exception):
    """A request that is not answered: why, and what to ask in its place."""

    def __init__(
        self,
        status: int,
        slug: str,
        title: str,
        detail: str,
        headers: Mapping[str, str] | None = None,
        **members: object,
    ) -> None:
        super().__init__(detail)
        self.status = status
        self.headers = dict(headers or {})
        self.members: dict[str, Any] = {
            "type": TYPES + slug,
            "title": title,
            "status": status,
            "detail": detail,
            **members,
        }


def unknown_name(fault: UnknownNameError, status: int = 400) -> ProblemError:
    """A problem that lists the names there are."""
    return ProblemError(
        status,
        f"unknown-{fault.kind}",
        f"Unknown {fault.kind}",
        f"There is {fault}.",
        known=list(fault.known),
    )


def document(problem: ProblemError) -> Response:
    """A problem told to a program."""
    return JSONResponse(problem.members, problem.status, problem.headers, media_type=MEDIA_TYPE)


def _answer(request: Request, problem: ProblemError) -> Response:
    if is_page(request):
        page = render("problem.html", request, problem=problem.members)
        return Response(page, problem.status, problem.headers, media_type="text/html")
    return document(problem)


def told_by(app: FastAPI, scope: Scope, fault: Exception) -> Response:
    """What the application answers to a fault; one that is its own is logged."""
    kind = next(kind for kind in type(fault).__mro__ if kind in app.exception_handlers)
    if kind is Exception:  # what the framework does with what it catches itself
        LOGGER.error("a request failed", exc_info=fault)
    told = app.exception_handlers[kind](Request({**scope, "app": app}), fault)
    assert isinstance(told, Response)
    return told


def _allowed(request: Request) -> list[str]:
    """The methods of every route of the path, not only of the first, as the framework tells."""
    routes = request.app.router.routes

    def answers(method: str) -> bool:
        scope = {**request.scope, "method": method}
        return any(route.matches(scope)[0] is Match.FULL for route in routes)

    found = [method for method in ("GET", "POST", "OPTIONS") if answers(method)]
    return ["GET", "HEAD", *found[1:]] if "GET" in found else found or ["GET", "HEAD"]


def install(app: FastAPI) -> None:
    """Let every error of the application leave as a problem document."""

    @app.exception_handler(ProblemError)
    def told(request: Request, problem: ProblemError) -> Response:
        return _answer(request, problem)

    @app.exception_handler(RefusedError)
    def not_run(request: Request, fault: RefusedError) -> Response:
        members = dict(fault.members)
        wait = members.pop("retry_after", None)
        headers = {"Retry-After": str(wait)} if wait else {}
        problem = ProblemError(
            fault.status, fault.slug, fault.title, fault.detail, headers, **members
        )
        return _answer(request, problem)

    @app.exception_handler(Exception)
    def failed(request: Request, fault: Exception) -> Response:
        del fault
        detail = "The server failed to answer this request; its log tells why."
        return _answer(request, ProblemError(500, "failed", "The server failed", detail))

    @app.exception_handler(UnknownNameError)
    def unknown(request: Request, fault: UnknownNameError) -> Response:
        return _answer(request, unknown_name(fault, 404 if fault.kind == "finding" else 400))

    @app.exception_handler(HTTPException)
    def refused(request: Request, fault: HTTPException) -> Response:
        title = HTTPStatus(fault.status_code).phrase
        detail = f"{request.method} {request.url.path}: {fault.detail}."
        slug = title.lower().replace(" ", "-")
        headers = dict(fault.headers or {})
        if fault.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
            headers["Allow"] = ", ".join(_allowed(request))
        return _answer(request, ProblemError(fault.status_code, slug, title, detail, headers))

    @app.exception_handler(RequestValidationError)
    def invalid(request: Request, fault: RequestValidationError) -> Response:
        told = "; ".join(f"{error['loc'][-1]}: {error['msg']}" for error in fault.errors())
        return _answer(
            request, ProblemError(400, "invalid-parameter", "Invalid parameter", f"{told}.")
        )
