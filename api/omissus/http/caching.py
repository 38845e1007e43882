"""Strong entity tags: the same question to the same data has the same answer, byte for byte."""

from __future__ import annotations

import hashlib

from fastapi import Request, Response

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
    if request.method not in ("GET", "HEAD"):
        return False
    held = request.headers.get("if-none-match", "")
    names = {name.strip().removeprefix("W/") for name in held.split(",")}
    return tag in names


def not_modified(tag: str, **headers: str) -> Response:
    """304, with the tag that still holds."""
    return Response(status_code=304, headers={"ETag": tag, **headers})
