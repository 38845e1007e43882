"""Answers of the SPARQL endpoint kept whole, and given again to the same question.

The data of a server change only when validation reports are added to them, so that an answer
depends on nothing but the request, those reports and, where it names no day, the day of today.
"""

from __future__ import annotations

from collections import OrderedDict
from datetime import date
from typing import Any, NamedTuple

from starlette.responses import Response
from starlette.types import Scope

MOST_BYTES = 64 << 20
MOST_BYTES_OF_ONE = 1 << 20
MOST_ASKED = 10_000
"""Questions of which it is remembered that they were asked once."""
SAME_ON_304 = (b"etag", b"vary")
"""Headers of the answer that a client needs although it holds the answer already."""

Key = tuple[Any, ...]


class Question(NamedTuple):
    """All that an answer to a request depends on, and the entity tags that the client holds."""

    key: Key
    held: bytes


def question_of(scope: Scope, additions: int) -> Question | None:
    """What a GET asks of the data after so many additions to them; None for other requests."""
    if scope["method"] != "GET":
        return None
    accept = held = host = b""
    for name, value in scope["headers"]:
        if name == b"accept":
            accept += b"," + value
        elif name == b"if-none-match":
            held += b"," + value
        elif name == b"host":
            host = value
    key = (scope["query_string"], accept, scope["scheme"], host, date.today(), additions)
    return Question(key, held)


class Kept(NamedTuple):
    """An answer, its entity tag, and the query that it answers."""

    answer: Response
    tag: bytes
    query: str

    def given_to(self, held: bytes) -> Response:
        """The answer, or 304 where the client holds it."""
        if held and self.tag in [tag.strip().removeprefix(b"W/") for tag in held.split(b",")]:
            unchanged = Response(status_code=304)
            unchanged.raw_headers = [h for h in self.answer.raw_headers if h[0] in SAME_ON_304]
            return unchanged
        return self.answer


class KeptAnswers:
    """Answers to what was asked twice; as many as fit into memory, those used last."""

    def __init__(self) -> None:
        self._kept: OrderedDict[Key, Kept] = OrderedDict()
        self._bytes = 0
        self._asked: OrderedDict[int, None] = OrderedDict()

    def get(self, key: Key) -> Kept | None:
        """The answer to a question, where it is kept."""
        kept = self._kept.get(key)
        if kept:
            self._kept.move_to_end(key)
        return kept

    def keep(self, key: Key, answer: Response, query: str) -> None:
        """Keep an answer that has an entity tag, is not very long, and was asked for before."""
        asked = hash(key)
        if asked not in self._asked:
            self._asked[asked] = None
            if len(self._asked) > MOST_ASKED:
                self._asked.popitem(last=False)
            return
        tag = next((value for name, value in answer.raw_headers if name == b"etag"), None)
        if tag is None or len(answer.body) > MOST_BYTES_OF_ONE or key in self._kept:
            return
        self._kept[key] = Kept(answer, tag, query)
        self._bytes += _size(key, self._kept[key])
        while self._bytes > MOST_BYTES:
            self._bytes -= _size(*self._kept.popitem(last=False))


def _size(key: Key, kept: Kept) -> int:
    return 2000 + len(key[0]) + len(kept.query) + len(kept.answer.body)
