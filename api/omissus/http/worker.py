"""What a worker process does with a query: examines it, evaluates it, serialises the answer.

A result of the store must not leave the thread that made it, so that evaluation and serialisation
are one function. A worker process may open no file and no socket while a query runs: should a
SERVICE ever get past the guard, it finds no file descriptor to call with.
"""

from __future__ import annotations

import io
import re
import resource
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from pyoxigraph import NamedNode, QueryBoolean, QuerySolutions, QueryTriples, Store

from omissus.http.formats import GRAPHS, RESULTS, wanted_of
from omissus.http.guard import (
    BASE,
    Examined,
    is_far_reaching,
    malformed,
    parsed,
    plain,
    refuse_unknown_graphs,
)
from omissus.http.jobs import Answer, Job, RefusedError

OPEN_STORES = 3


class _FullError(Exception):
    """More was written than may be."""


class _Capped(io.BytesIO):
    """A buffer that takes so many bytes and no more."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self.most = most

    def write(self, data: object, /) -> int:
        written = super().write(data)  # type: ignore[arg-type]
        if self.tell() > self.most:
            raise _FullError
        return written


def forbid_new_files() -> None:
    """Let this process open no file and no socket any more."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (0, hard))


@contextmanager
def _new_files() -> Iterator[None]:
    """Lift the ban, for work that is none of the query's."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


def _form(found: QuerySolutions | QueryBoolean | QueryTriples) -> str:
    if isinstance(found, QuerySolutions):
        return "SELECT"
    return "ASK" if isinstance(found, QueryBoolean) else "CONSTRUCT and DESCRIBE"


def evaluate(store: Store, job: Job, query: Examined) -> Answer:
    """The whole answer, serialised; at most so many bytes as the job says.

    Raises RefusedError, and SyntaxError where the engine cannot read the query.
    """
    named = bool(job.default_graphs or job.named_graphs)
    out = _Capped(job.most_bytes)
    try:
        found = store.query(
            query.text,
            base_iri=BASE,
            use_default_graph_as_union=not (named or query.names_dataset),
            default_graph=[NamedNode(n) for n in job.default_graphs] if named else None,
            named_graphs=[NamedNode(n) for n in job.named_graphs] if named else None,
        )
        media_type = wanted_of(job, _form(found))
        if isinstance(found, QueryTriples):
            found.serialize(out, format=GRAPHS[media_type])
        else:
            found.serialize(out, format=RESULTS[media_type])
    except _FullError:
        detail = f"The answer is longer than {job.most_bytes} bytes. Ask for less, as with LIMIT."
        raise RefusedError(413, "answer-too-long", "Answer too long", detail) from None
    return Answer(media_type, out.getvalue())


def _refusal(fault: SyntaxError, query: Examined, graphs: tuple[str, ...]) -> RefusedError:
    """Why the engine cannot read a query: where the slow parser can tell, in its exact terms.

    That one names the part that is broken, the engine the place beyond which it cannot be mended.
    """
    place = re.match(r"error at (\d+):(\d+): (.*)", str(fault.msg))
    try:
        with _new_files():
            parsed(query.text, graphs)
    except RefusedError as refusal:
        if place and refusal.slug == "malformed-query":
            refusal.detail += f" It reads well up to line {place[1]}, column {place[2]}."
        return refusal
    if place:
        return malformed(f"{place[3]}.", int(place[1]), int(place[2]))
    return malformed(f"{fault.msg}.", 1, 1)


@dataclass(frozen=True)
class Held:
    """A store and the names of the graphs in it."""

    store: Store
    graphs: tuple[str, ...]


def held(store: Store) -> Held:
    """A store with the names of its graphs, read once."""
    return Held(store, tuple(sorted(str(name.value) for name in store.named_graphs())))


class Stores:
    """The store that is kept in memory, and those on disk opened last, read-only."""

    def __init__(self) -> None:
        self._kept: dict[str, Held] = {}
        self._open: OrderedDict[str, Held] = OrderedDict()

    def keep(self, path: str, store: Held) -> None:
        """Use this store, with the same content, in place of the one in a folder."""
        self._kept[path] = store

    def of(self, path: str) -> Held:
        """The store in a folder. Raises OSError where there is none."""
        if path in self._kept:
            return self._kept[path]
        if path not in self._open:
            with _new_files():
                self._open[path] = held(Store.read_only(path))
            if len(self._open) > OPEN_STORES:
                self._open.popitem(last=False)
        self._open.move_to_end(path)
        return self._open[path]


def answer(stores: Stores, job: Job) -> Answer:
    """The answer to one job. Raises RefusedError before execution wherever that can be known."""
    store = stores.of(job.store)
    text = plain(job.query)
    query = Examined(text)
    if is_far_reaching(text):
        with _new_files():  # the parser may have modules to load
            query = parsed(text, store.graphs)
    refuse_unknown_graphs([*job.default_graphs, *job.named_graphs], store.graphs)
    try:
        return evaluate(store.store, job, query)
    except SyntaxError as fault:
        raise _refusal(fault, query, store.graphs) from None
