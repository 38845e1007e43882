"""Strong entity tags: the same question to the same data has the same answer, byte for byte."""

from __future__ import annotations

import hashlib

from fastapi import Request, Response
from starlette.types import Scope

from omissus import __version__


def tag_of(*parts: str) -> str:
    """A tag of the version of Omissus and whatever else an answer depends on."""
    digest = hashlib.sha256("\0".join((__version__, *parts)).encode())
    return f'"{digest.hexdigest()[:24]}"'


def entity_tag(request: Request, *parts: str) -> str:
    """A tag of the data release, the version of Omissus and whatever else is told."""
    return tag_of(request.app.state.corpus.graph.release, *parts)


def is_held(request: Request, tag: str) -> bool:
    """Whether a client that reads says that it holds the answer of this tag."""
    return request.method in ("GET", "HEAD") and holds(request.scope, tag)


def holds(scope: Scope, tag: str) -> bool:
    """Whether the headers of a request say so."""
    told = [value.decode("latin-1") for name, value in scope["headers"] if name == b"if-none-match"]
    names = {name.strip().removeprefix("W/") for line in told for name in line.split(",")}
    return tag in names


def not_modified(tag: str, **headers: str) -> Response:
    """304, with the tag that still holds."""
    return Response(status_code=304, headers={"ETag": tag, **headers})
