"""Requests of the simplest kind, read from their bytes: one GET of a query, whole and alone."""

from __future__ import annotations

import httptools
from starlette.types import Scope

from omissus.http.transfer import is_plain

PATH = b"/sparql"
BEGINNING = b"GET /sparql?"
SPECIAL = {b"content-length", b"transfer-encoding", b"expect", b"upgrade", b"cookie"}


class PlainRequests:
    """Reads plain requests one after another, with the parser that the server library uses."""

    def __init__(self) -> None:
        self._parser = httptools.HttpRequestParser(self)
        self._address = b""
        self._headers: list[tuple[bytes, bytes]] = []
        self._whole = 0
        self._goes_on = False

    def read(self, data: bytes) -> Scope | None:
        """The one plain query that these bytes are, None where they are anything else."""
        self._address, self._headers, self._whole = b"", [], 0
        try:
            self._parser.feed_data(data)
        except (httptools.HttpParserError, httptools.HttpParserUpgrade):
            self._whole = 0
        path, _, query = self._address.partition(b"?")
        is_one = self._whole == 1 and self._goes_on and path == PATH and b"#" not in query
        if not is_one or any(name in SPECIAL for name, _ in self._headers):
            self._parser = httptools.HttpRequestParser(self)  # the old one may be amid a request
            return None
        scope: Scope = {
            "type": "http",
            "method": "GET",
            "path": "/sparql",
            "raw_path": PATH,
            "query_string": query,
            "headers": self._headers,
            "state": {},
        }
        return scope if is_plain(scope) else None

    def on_url(self, address: bytes) -> None:
        self._address += address

    def on_header(self, name: bytes, value: bytes) -> None:
        self._headers.append((name.lower(), value))

    def on_headers_complete(self) -> None:
        self._goes_on = (
            self._parser.should_keep_alive() and self._parser.get_http_version() == "1.1"
        )

    def on_message_complete(self) -> None:
        self._whole += 1
