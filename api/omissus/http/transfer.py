"""What every answer passes on its way out: security headers, HEAD, origins, compression."""

from __future__ import annotations

import re

from starlette.datastructures import MutableHeaders
from starlette.middleware.cors import CORSMiddleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

READING = ("GET", "HEAD", "POST", "OPTIONS")
EXPOSED = ("Allow", "Content-Location", "ETag", "Link", "Location", "Retry-After", "X-Request-ID")
SMALLEST_COMPRESSED = 1024
COMPRESSION = 6
MARK = "-gzip"
NO_GZIP = re.compile(r"gzip\s*;\s*q=0(\.0*)?\s*(,|$)", re.IGNORECASE)


SECURITY_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; script-src 'none'; object-src 'none'; base-uri 'none'; "
        "form-action 'self'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
}


SECURITY = [(name.lower().encode(), value.encode()) for name, value in SECURITY_HEADERS.items()]
DEPENDS_ON = b"Accept-Encoding, Origin"

Headers = list[tuple[bytes, bytes]]


class Secured:
    """Tells browsers to load, run and frame nothing from elsewhere, where the answer does not."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def secured(message: Message) -> None:
            if message["type"] == "http.response.start":
                told = message["headers"]
                names = {name for name, _ in told}
                message["headers"] = [*told, *(h for h in SECURITY if h[0] not in names)]
            await send(message)

        await self.app(scope, receive, secured)


class HeadAsGet:
    """Answers HEAD with the headers of GET and no body."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] != "HEAD":
            await self.app(scope, receive, send)
            return

        async def without_body(message: Message) -> None:
            if message["type"] == "http.response.body":
                message = {**message, "body": b""}
            await send(message)

        await self.app({**scope, "method": "GET"}, receive, without_body)


class TagsByCoding:
    """Gives the compressed form of an answer an entity tag of its own (RFC 9110, 8.8.3.3)."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        asked = MutableHeaders(raw=list(scope["headers"]))
        held = asked.get("if-none-match", "")
        if MARK in held:
            asked["if-none-match"] = held.replace(f'{MARK}"', '"')
        if NO_GZIP.search(asked.get("accept-encoding", "")):  # the middleware reads no weights
            asked["accept-encoding"] = "identity"
        scope = {**scope, "headers": asked.raw}

        async def with_mark(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                tag = headers.get("etag", "")
                marked = f'{tag[:-1]}{MARK}"'
                compressed = headers.get("content-encoding") == "gzip"
                if tag and (compressed or (message["status"] == 304 and marked in held)):
                    headers["etag"] = marked
            await send(message)

        await self.app(scope, receive, with_mark)


def dressed(told: Headers) -> Headers:
    """The headers of an answer with all that it needs where the request asks for nothing more."""
    names = {name for name, _ in told}
    vary = [value for name, value in told if name == b"vary"]
    return [
        *(header for header in told if header[0] != b"vary"),
        (b"vary", b", ".join([*vary, DEPENDS_ON])),
        *(header for header in SECURITY if header[0] not in names),
    ]


def lines(headers: Headers) -> bytes:
    """Headers as they go over the wire.

    Their names and values are the server's own, and are not looked through for line ends.
    """
    return b"".join([b"%s: %s\r\n" % header for header in headers])


def is_plain(scope: Scope) -> bool:
    """Whether a request asks for no compression, comes from no other origin and wants a body."""
    if scope["method"] == "HEAD":
        return False
    for name, value in scope["headers"]:
        if name == b"origin" or (name == b"accept-encoding" and b"gzip" in value.lower()):
            return False
    return True


class Transfer:
    """All of it, for an application."""

    def __init__(self, app: ASGIApp) -> None:
        compressed = GZipMiddleware(Secured(app), SMALLEST_COMPRESSED, COMPRESSION)
        shared = CORSMiddleware(
            TagsByCoding(compressed),
            allow_origins=["*"],
            allow_methods=READING,
            allow_headers=["*"],
            expose_headers=EXPOSED,
            max_age=86_400,
        )
        self._app = HeadAsGet(shared)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self._app(scope, receive, send)
