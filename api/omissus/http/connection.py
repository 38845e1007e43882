"""One HTTP connection, cut off where the client is slow to send, slow to read, or sends no end.

The server library reads HTTP; it has no deadlines for a client and no bound for the headers.
"""

from __future__ import annotations

import json
from asyncio import TimerHandle, Transport
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from omissus.http.problems import MEDIA_TYPE, TYPES


@dataclass(frozen=True)
class Patience:
    """How long a client may take, in seconds, and how large its headers may be, in bytes."""

    to_send: float = 10.0
    to_read: float = 30.0
    most_head: int = 1 << 18


def _last_words(status: HTTPStatus, detail: str) -> bytes:
    slug = status.phrase.lower().replace(" ", "-")
    told = {"type": TYPES + slug, "title": status.phrase, "status": status, "detail": detail}
    body = json.dumps(told).encode()
    head = (
        f"HTTP/1.1 {status} {status.phrase}\r\ncontent-type: {MEDIA_TYPE}\r\n"
        f"content-length: {len(body)}\r\nconnection: close\r\n\r\n"
    )
    return head.encode() + body


class Connection(HttpToolsProtocol):
    """A connection whose requests must arrive whole, and whose answers must be taken, in time."""

    def __init__(self, *arguments: Any, patience: Patience, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self._patience = patience
        self.is_arriving = False
        """Whether a request has begun to come and is not whole yet."""
        self._in_head = False
        self._head_size = 0
        self._sending_timer: TimerHandle | None = None
        self._reading_timer: TimerHandle | None = None

    def connection_made(self, transport: Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._await_request()

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self.is_arriving = self._in_head = True
        self._head_size = 0

    def on_headers_complete(self) -> None:
        super().on_headers_complete()
        self._in_head = False

    def on_message_complete(self) -> None:
        super().on_message_complete()
        self.is_arriving = False

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        if self._in_head:
            self._head_size += len(data)
            if self._head_size > self._patience.most_head:
                status = HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE
                self._cut_off(status, f"At most {self._patience.most_head} bytes come here.")
                return
        is_answering = self.cycle is not None and not self.cycle.response_complete
        if self.is_arriving or not (is_answering or self.timeout_keep_alive_task):
            self._await_request()
        else:
            self.stop_awaiting_request()

    def _await_request(self) -> None:
        if self._sending_timer is None:
            self._sending_timer = self.loop.call_later(self._patience.to_send, self._too_slow)

    def stop_awaiting_request(self) -> None:
        """Take it that a request has come whole."""
        if self._sending_timer:
            self._sending_timer.cancel()
            self._sending_timer = None

    def _too_slow(self) -> None:
        seconds = f"{self._patience.to_send:g} seconds"
        detail = f"The request did not come whole within {seconds}."
        self._cut_off(HTTPStatus.REQUEST_TIMEOUT, detail)

    def _cut_off(self, status: HTTPStatus, detail: str) -> None:
        if self.transport.is_closing():
            return
        if self.cycle is None or not self.cycle.response_started or self.cycle.response_complete:
            self.transport.write(_last_words(status, detail))
        self.transport.close()

    def send_400_response(self, msg: str) -> None:
        self._cut_off(HTTPStatus.BAD_REQUEST, msg)

    def pause_writing(self) -> None:
        super().pause_writing()
        if self._reading_timer is None:
            self._reading_timer = self.loop.call_later(self._patience.to_read, self.transport.abort)

    def resume_writing(self) -> None:
        super().resume_writing()
        self._stop_reading_timer()

    def _stop_reading_timer(self) -> None:
        if self._reading_timer:
            self._reading_timer.cancel()
            self._reading_timer = None

    def connection_lost(self, exc: Exception | None) -> None:
        super().connection_lost(exc)
        self._stop_reading_timer()
        self.stop_awaiting_request()
