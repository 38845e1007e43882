"""A running `omissus serve`, as a user starts it."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

START_SECONDS = 120.0
COMMAND = Path(sys.executable).with_name("omissus")


def free_port() -> int:
    """A port of the loopback address that nobody listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def wait_until_ready(address: str, process: subprocess.Popen[bytes]) -> None:
    """Return when the server says that it is ready. Raises TimeoutError."""
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end and process.poll() is None:
        try:
            with urlopen(f"{address}/readyz", timeout=5):
                return
        except (URLError, OSError):
            time.sleep(0.05)
    raise TimeoutError(f"{address} is not ready")


@contextmanager
def running(cache: Path, *options: str) -> Iterator[str]:
    """Address of a server that keeps its stores in a folder; ended afterwards."""
    port = free_port()
    command = [str(COMMAND), "serve", "--port", str(port), *options]
    environment = {**os.environ, "OMISSUS_CACHE": str(cache)}
    address = f"http://127.0.0.1:{port}"
    with subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL) as process:
        try:
            wait_until_ready(address, process)
            yield address
        finally:
            process.terminate()
            process.wait(timeout=30)
