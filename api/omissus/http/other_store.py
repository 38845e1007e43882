"""A store of other makers, asked through the SPARQL 1.1 Protocol in place of our own processes.

Stores differ in what their default graph is, in the formats that they write and in how they tell of
errors. So each request names its graphs, asks for one media type that all of them write, and the
answer is read whole and written anew: what is cut short is then an error and no answer.
"""

from __future__ import annotations

import asyncio
import time
from pathlib import Path

import httpx2
from pyoxigraph import (
    NamedNode,
    QueryResultsFormat,
    QuerySolutions,
    RdfFormat,
    parse_query_results,
)

from omissus.dumps import UnknownGraphError
from omissus.findings import Findings
from omissus.findings_rdf import findings_graph
from omissus.graphs import authored_quads, validation_graph
from omissus.http.formats import wanted_of
from omissus.http.guard import Examined, parsed, plain, refuse_unknown_graphs
from omissus.http.jobs import Answer, Job, RefusedError
from omissus.http.limits import Limits, nobody_free, time_limit
from omissus.http.metrics import Metrics
from omissus.http.rewriting import JSON, N_TRIPLES, ROWS, dataset, rewritten
from omissus.http.workers import IsGone
from omissus.store import query_text

SECONDS_TRUSTED = 60.0
"""How long a store is taken to hold what it held when it was asked last."""
MOST_BYTES, SECONDS = 1 << 28, 60.0
"""How large a whole graph may be, and how long it may take."""
FORM = "application/x-www-form-urlencoded"


def store_failed(detail: str) -> RefusedError:
    """The refusal of a query that the store did not answer as the protocol lays down."""
    return RefusedError(502, "store-failed", "The store failed", detail, {"retry_after": 5})


class OtherStore:
    """The SPARQL endpoint at `address` as the store of a server."""

    def __init__(self, address: str, limits: Limits, metrics: Metrics) -> None:
        self.address = address
        self.limits = limits
        self._metrics = metrics
        self._law: tuple[str, ...] = ()
        self._graphs: dict[str, tuple[str, ...]] = {}
        self._checked: dict[str, float] = {}
        self._client = httpx2.AsyncClient(
            timeout=httpx2.Timeout(SECONDS, pool=limits.queue_seconds),
            limits=httpx2.Limits(max_connections=limits.most_workers),
        )

    @property
    def ready(self) -> bool:
        """Whether the store was found to hold the findings of some day."""
        return bool(self._checked)

    async def close(self) -> None:
        """Let go of the connections."""
        await self._client.aclose()

    def graphs(self, store: Path) -> tuple[str, ...]:
        """Names of the graphs that make up the data of a day."""
        return self._graphs[store.name]

    async def ready_store(self, findings: Findings) -> Path:
        """Name of the data of a day. Raises RefusedError where the store does not hold them."""
        release, day = findings.corpus.graph.release, findings.day
        key = f"{day}-{release}"
        if time.monotonic() - self._checked.get(key, -SECONDS_TRUSTED) < SECONDS_TRUSTED:
            return Path(key)
        computed = (findings_graph(day), validation_graph(day))
        job = Job(key, query_text("published"), JSON, None, None, computed, computed)
        query = Examined(job.query, names_dataset=False, form="SELECT")
        try:
            async with asyncio.timeout(self.limits.seconds):
                found = await self._asked(job, query)
        except TimeoutError:
            raise time_limit(self.limits.seconds) from None
        held = _releases(found.body)
        if held.get(computed[0]) != release:
            what = "of other data" if computed[0] in held else "no findings"
            detail = (
                f"The store holds {what} for {day}; this server needs data release {release}. "
                f"Run omissus publish --at {day}."
            )
            raise RefusedError(503, "not-published", "Not published", detail, {"retry_after": 60})
        self._law = self._law or await asyncio.to_thread(_law_graphs, findings)
        current = (name for name in computed if held.get(name) == release)
        self._graphs[key] = (*self._law, *current)
        self._checked[key] = time.monotonic()
        return Path(key)

    async def run(
        self,
        job: Job,
        is_gone: IsGone | None = None,
        seconds: float | None = None,
    ) -> Answer:
        """The answer to a job, within the time limit or so many seconds. Raises RefusedError.

        `is_gone` returns when nobody wants the answer any more; the store is then let go.
        """
        try:
            answer = await self._run(job, is_gone, seconds or self.limits.seconds)
        except RefusedError as refusal:
            self._metrics.queries.labels(refusal.slug).inc()
            raise
        self._metrics.queries.labels("answered").inc()
        return answer

    async def whole(self, store: Path, name: str | None, form: RdfFormat) -> bytes:
        """A whole graph, or all of them where `name` is None, serialised.

        All are written as quads where the format has them, else as their union. Raises
        UnknownGraphError, RefusedError.
        """
        graphs = self.graphs(store)
        if name is not None and name not in graphs:
            raise UnknownGraphError(name)
        apart = name is None and form.supports_datasets
        wanted = [(graph,) for graph in graphs] if apart else [(name,) if name else graphs]
        bodies = {}
        for among in wanted:
            job = Job(store.name, query_text("union"), None, None, N_TRIPLES, among, (), MOST_BYTES)
            bodies[among[0]] = (await self.run(job, seconds=SECONDS)).body
        return await asyncio.to_thread(dataset, bodies, form)

    async def _run(self, job: Job, is_gone: IsGone | None, seconds: float) -> Answer:
        graphs = self.graphs(Path(job.store))
        refuse_unknown_graphs([*job.default_graphs, *job.named_graphs], graphs)
        query = await asyncio.to_thread(parsed, plain(job.query), graphs)
        asking = asyncio.ensure_future(self._asked(job, query))
        ends = {asking}
        if is_gone:
            ends.add(asyncio.ensure_future(is_gone()))  # type: ignore[arg-type]
        try:
            await asyncio.wait(ends, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
            if not asking.done():
                raise time_limit(seconds)
            return await asking
        finally:
            for end in ends:
                end.cancel()

    async def _asked(self, job: Job, query: Examined) -> Answer:
        """What the store answers, written anew in the format wanted."""
        media_type = wanted_of(job, query.form)  # before the store is put to work
        carried = JSON if query.form in ROWS else N_TRIPLES
        fields: dict[str, str | list[str]] = {"query": query.text}
        if not query.names_dataset:
            everything = self._graphs.get(job.store, ())
            told = job.default_graphs or job.named_graphs
            fields["default-graph-uri"] = list(job.default_graphs if told else everything)
            fields["named-graph-uri"] = list(job.named_graphs if told else everything)
        try:
            body = await self._body(fields, carried, job.most_bytes)
        except httpx2.PoolTimeout:
            raise nobody_free("The store is busy with other queries. Ask again shortly.") from None
        except httpx2.TimeoutException:
            raise time_limit(SECONDS) from None
        except httpx2.HTTPError as fault:
            raise store_failed(
                f"The store does not answer: {fault or type(fault).__name__}."
            ) from None
        written = await asyncio.to_thread(rewritten, body, query.form, media_type)
        if isinstance(written, str):
            raise store_failed(f"The store's answer is broken: {written}.")
        return Answer(media_type, written)

    async def _body(self, fields: dict[str, str | list[str]], wanted: str, most: int) -> bytes:
        asked = {"Accept": wanted, "Content-Type": FORM}
        held = bytearray()
        async with self._client.stream("POST", self.address, data=fields, headers=asked) as answer:
            async for piece in answer.aiter_bytes():
                held += piece
                if len(held) > most:
                    detail = f"The answer is longer than {most} bytes. Ask for less, as with LIMIT."
                    raise RefusedError(413, "answer-too-long", "Answer too long", detail)
            if answer.status_code != httpx2.codes.OK:
                said = " ".join(held.decode("utf-8", "replace").split())[:200]
                raise store_failed(f"The store answers {answer.status_code}: {said}")
        return bytes(held)


def _releases(body: bytes) -> dict[str, str]:
    """The release from which each computed graph came, by the answer to `published`."""
    rows = parse_query_results(body, QueryResultsFormat.JSON)
    assert isinstance(rows, QuerySolutions)
    return {row["graph"].value: row["release"].value for row in rows}


def _law_graphs(findings: Findings) -> tuple[str, ...]:
    quads = authored_quads(findings.corpus.graph)
    graphs = {quad.graph_name for quad in quads}
    return tuple(sorted(graph.value for graph in graphs if isinstance(graph, NamedNode)))
