"""Connections of clients that are slow to send, slow to read, or send no end."""

from __future__ import annotations

import socket
import threading
import time
from functools import partial

import pytest
import uvicorn

from omissus.http.connection import Connection, Patience

PATIENCE = Patience(to_send=0.5, to_read=0.5, most_head=4096)
GRACE = 0.7
CLOCK = 0.05  # the server's loop counts in whole milliseconds, and its timer may fire that early
LONG = 32 << 20


async def application(scope, receive, send):
    if scope["type"] != "http":
        return
    more = True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            return
        more = message.get("more_body", False)
    body = b"x" * (LONG if scope["path"] == "/long" else 2)
    length = (b"content-length", str(len(body)).encode())
    await send({"type": "http.response.start", "status": 200, "headers": [length]})
    await send({"type": "http.response.body", "body": body})


@pytest.fixture(scope="module")
def port():
    http = partial(Connection, patience=PATIENCE)
    config = uvicorn.Config(
        application, host="127.0.0.1", port=0, http=http, lifespan="off", log_level="critical"
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    yield server.servers[0].sockets[0].getsockname()[1]
    server.should_exit = True
    thread.join()


def cut_off(port, first, again):
    """What comes back, and after how long, to a client that sends a piece now and then."""
    began = time.monotonic()
    got = b""
    with socket.create_connection(("127.0.0.1", port), timeout=0.1) as connection:
        connection.sendall(first)
        while time.monotonic() - began < 5:
            try:
                piece = connection.recv(65536)
                if not piece:
                    break
                got += piece
            except TimeoutError:
                try:
                    connection.sendall(again)
                except OSError:
                    break
            except ConnectionError:
                break
    return got, time.monotonic() - began


@pytest.mark.parametrize(
    ("first", "again"),
    [
        (b"", b""),
        (b"GET / HTTP/1.1\r\n", b"X: y\r\n"),
        (b"GET /", b"a"),
        (b"\r\n", b"\r\n"),
        (b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n", b"a"),
        (b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n", b"1\r\na\r\n"),
    ],
    ids=["silence", "headers", "an address", "empty lines", "a body", "chunks without end"],
)
def test_a_client_that_sends_slowly_is_cut_off(port, first, again):
    got, seconds = cut_off(port, first, again)
    assert got.startswith(b"HTTP/1.1 408 ")
    assert b"connection: close" in got
    assert PATIENCE.to_send - CLOCK <= seconds < PATIENCE.to_send + GRACE


def test_headers_without_end_are_cut_off(port):
    got, _ = cut_off(port, b"GET / HTTP/1.1\r\n" + b"X: y\r\n" * 500, b"X: y\r\n" * 500)
    assert got == b"" or got.startswith(b"HTTP/1.1 431 ")


def test_a_client_that_does_not_read_is_cut_off(port):
    with socket.create_connection(("127.0.0.1", port), timeout=5) as connection:
        connection.sendall(b"GET /long HTTP/1.1\r\nHost: x\r\n\r\n")
        time.sleep(PATIENCE.to_read + GRACE)
        got = 0
        try:
            while piece := connection.recv(1 << 20):
                got += len(piece)
        except ConnectionError:
            pass
    assert got < LONG


def test_a_client_that_is_quick_is_answered_again_and_again(port):
    with socket.create_connection(("127.0.0.1", port), timeout=5) as connection:
        for _ in range(3):
            connection.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
            time.sleep(0.3)
            assert connection.recv(65536).endswith(b"\r\n\r\nxx")
