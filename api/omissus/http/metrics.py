"""What the server counts, for Prometheus."""

from __future__ import annotations

from collections.abc import Callable

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    ProcessCollector,
    generate_latest,
)

PARTS = ("sparql", "graph-store", "api", "why", "static", "metrics", "healthz", "readyz")
SECONDS = (0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10)


class Metrics:
    """The counters of one server, which is one process: its workers do not count."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        ProcessCollector(registry=self.registry)
        self._requests = Counter(
            "omissus_requests", "Requests answered.", ("part", "status"), registry=self.registry
        )
        self._seconds = Histogram(
            "omissus_request_seconds",
            "Time from a request to the end of its answer.",
            ("part",),
            buckets=SECONDS,
            registry=self.registry,
        )
        self.queries = Counter(
            "omissus_queries",
            "SPARQL queries by how they ended: answered, or the name of the refusal.",
            ("end",),
            registry=self.registry,
        )
        self.kept_answers = Counter(
            "omissus_kept_answers", "SPARQL queries answered from memory.", registry=self.registry
        )
        self.lost_workers = Counter(
            "omissus_workers_ended", "Worker processes ended and replaced.", registry=self.registry
        )
        self._counted: dict[tuple[str, int], Counter] = {}
        self._timed: dict[str, Histogram] = {}

    def watch(self, name: str, told: str, value: Callable[[], float]) -> None:
        """Report a value that is read whenever somebody asks for the metrics."""
        Gauge(name, told, registry=self.registry).set_function(value)

    def answered(self, path: str, status: int, seconds: float) -> None:
        """Count one request."""
        part = path.split("/", 2)[1] if path != "/" else "matrix"
        if part not in PARTS and part != "matrix":
            part = "other"
        counter = self._counted.get((part, status))
        if counter is None:
            counter = self._counted[part, status] = self._requests.labels(part, str(status))
            self._timed.setdefault(part, self._seconds.labels(part))
        counter.inc()
        self._timed[part].observe(seconds)

    def text(self) -> bytes:
        """All of it in the text format of Prometheus."""
        return generate_latest(self.registry)
