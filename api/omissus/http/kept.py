"""Answers kept in memory, and given again to the same question.

The data of a server change only when validation reports are added to them, so that an answer
depends on nothing but the request, those reports and, where it names no day, the day of today.
"""

from __future__ import annotations

from collections import OrderedDict
from datetime import date
from typing import Generic, NamedTuple, TypeVar

from starlette.responses import Response
from starlette.types import Scope

MOST_BYTES = 64 << 20
MOST_BYTES_OF_ONE = 1 << 20
MOST_ASKED = 10_000
"""Questions of which it is remembered that they were asked once."""
OVERHEAD = 2000
"""Bytes that a kept answer takes besides itself."""
SAME_ON_304 = (b"etag", b"vary")
"""Headers of an answer that a client needs although it holds the answer already."""

Key = tuple[object, ...]
Answer = TypeVar("Answer")


class Kept(Generic[Answer]):
    """Answers to what was asked twice; as many as fit into memory, those used last."""

    def __init__(self) -> None:
        self._kept: OrderedDict[Key, tuple[Answer, int]] = OrderedDict()
        self._bytes = 0
        self._asked: OrderedDict[int, None] = OrderedDict()

    def get(self, key: Key) -> Answer | None:
        """The answer to a question, where it is kept."""
        found = self._kept.get(key)
        if found is None:
            return None
        self._kept.move_to_end(key)
        return found[0]

    def keep(self, key: Key, answer: Answer, size: int) -> None:
        """Keep an answer of so many bytes, unless it is very long or was never asked for before."""
        asked = hash(key)
        if asked not in self._asked:
            self._asked[asked] = None
            if len(self._asked) > MOST_ASKED:
                self._asked.popitem(last=False)
        elif size <= MOST_BYTES_OF_ONE and key not in self._kept:
            self._kept[key] = answer, size + OVERHEAD
            self._bytes += size + OVERHEAD
            while self._bytes > MOST_BYTES:
                self._bytes -= self._kept.popitem(last=False)[1][1]


class Question(NamedTuple):
    """What the answer to a query depends on, and the entity tags that the client holds."""

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


class Tagged(NamedTuple):
    """An answer, its entity tag, and the query that it answers."""

    answer: Response
    tag: bytes
    query: str

    def given_to(self, held: bytes) -> Response:
        """The answer, or 304 where the client holds it."""
        if self.tag not in [tag.strip().removeprefix(b"W/") for tag in held.split(b",")]:
            return self.answer
        unchanged = Response(status_code=304)
        unchanged.raw_headers = [h for h in self.answer.raw_headers if h[0] in SAME_ON_304]
        return unchanged
