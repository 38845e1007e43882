"""What the benchmark measured, as a table and a plot."""

from __future__ import annotations

import csv
from dataclasses import astuple, dataclass, field, fields
from pathlib import Path

import psutil

RESULTS = Path(__file__).parent / "results"
MIB = 1 << 20


@dataclass(frozen=True)
class Row:
    """One measurement: what was done, by which system, of which size, and how it compares."""

    measure: str
    system: str
    size: str
    seconds: float | None
    peak_mib: float | None = None
    ratio: float | None = None
    note: str = ""


@dataclass
class Record:
    """The measurements of one run, in their order."""

    rows: list[Row] = field(default_factory=list)
    growth: dict[str, dict[int, float]] = field(default_factory=dict)

    def add(self, row: Row) -> None:
        self.rows.append(row)

    def grew(self, what: str, size: int, seconds: float) -> None:
        """Note a point of a curve of growth."""
        self.growth.setdefault(what, {})[size] = seconds

    def seconds(self, measure: str, system: str) -> float | None:
        """What a system took for a measure in this run."""
        found = (r.seconds for r in self.rows if (r.measure, r.system) == (measure, system))
        return next(found, None)

    def write(self) -> None:
        """Table as Markdown and CSV, and the plot."""
        RESULTS.mkdir(exist_ok=True)
        names = [f.name for f in fields(Row)]
        with (RESULTS / "table.csv").open("w", encoding="utf-8", newline="") as out:
            writer = csv.writer(out, lineterminator="\n")
            writer.writerow(names)
            writer.writerows(astuple(row) for row in self.rows)
        lines = [f"| {' | '.join(names)} |", "|" + " --- |" * len(names)]
        lines += [f"| {' | '.join(map(_told, astuple(row)))} |" for row in self.rows]
        (RESULTS / "table.md").write_text("\n".join(lines) + "\n", encoding="utf-8")
        if self.growth:
            self._plot()

    def _plot(self) -> None:
        from matplotlib.figure import Figure

        figure = Figure(figsize=(5 * len(self.growth), 4), layout="constrained")
        axes = figure.subplots(1, len(self.growth), squeeze=False)[0]
        for axis, (what, points) in zip(axes, self.growth.items(), strict=True):
            sizes = sorted(points)
            times = [points[size] for size in sizes]
            axis.loglog(sizes, times, "o-", label="measured")
            axis.loglog(sizes, [times[0] * s / sizes[0] for s in sizes], ":", label="linear")
            axis.set_xticks(sizes, [str(size) for size in sizes], minor=False)
            axis.set_yticks(times, [f"{seconds:.2g}" for seconds in times], minor=False)
            axis.minorticks_off()
            axis.set(xlabel=what, ylabel="seconds")
            axis.legend()
        figure.savefig(RESULTS / "growth.png", dpi=120)


def _told(value: object) -> str:
    if value is None:
        return ""
    return f"{value:.3g}" if isinstance(value, float) else str(value)


def peak_of(process: psutil.Process, peak: int = 0) -> int:
    """Memory in bytes that a process and all its children hold now, or held at an earlier peak."""
    held = 0
    for each in (process, *process.children(recursive=True)):
        try:
            held += each.memory_info().rss
        except psutil.NoSuchProcess:
            continue
    return max(held, peak)
