"""Which figures that the Committee asks for a State's tables give, and which they lack."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

from rdflib import Graph

from omissus.data import data_root
from omissus.rdf import read_turtle
from omissus.shapes import read_shapes, report
from omissus.statistics_codes import YEARS_ASKED, Structure, read_structure
from omissus.statistics_cube import cube, figures_asked
from omissus.statistics_gaps import Lacking, lacking
from omissus.statistics_table import Submission, read_tables


@dataclass(frozen=True)
class Check:
    """What the check of some tables found."""

    submission: Submission
    structure: Structure
    last_year: int
    lacking: tuple[Lacking, ...]

    @cached_property
    def cube(self) -> Graph:
        """The tables as an RDF Data Cube."""
        return cube(self.submission, self.structure)

    @property
    def complete(self) -> bool:
        """Whether the tables lack nothing that the Committee asks for."""
        return not any(lack.asked for lack in self.lacking)

    @property
    def years_asked(self) -> tuple[int, ...]:
        """The three years that the tables are measured against."""
        return tuple(range(self.last_year - YEARS_ASKED + 1, self.last_year + 1))


def check(
    paths: Sequence[Path],
    root: Path | None = None,
    offences: Sequence[str] = (),
    last_year: int | None = None,
    this_year: int | None = None,
) -> Check:
    """Whether some tables, taken together, give what paragraph 2 of the list of issues asks.

    All the offences asked about, unless `offences` names some; the three years up to `last_year`,
    which is the last year in the tables unless given. Raises TableError with every fault of the
    tables, DataError where the ontology or the shapes are at fault.
    """
    root = root or data_root()
    structure = read_structure(root)
    submission = read_tables(paths, structure, this_year or date.today().year)
    last = last_year or submission.years[-1]
    asked, index = figures_asked(submission, structure, offences or tuple(structure.asked), last)
    data = figure_graph(submission, structure, asked, root)
    shapes = figure_shapes(root)
    found = lacking(report(data, shapes), shapes, data, index, submission, structure)
    return Check(submission, structure, last, found)


def figure_graph(submission: Submission, structure: Structure, asked: Graph, root: Path) -> Graph:
    """What the shapes on figures look at: the tables, their structure and the figures asked for."""
    codes = read_turtle(root / "ontology" / "statistics.ttl")
    return cube(submission, structure) + codes + asked


def figure_shapes(root: Path) -> Graph:
    """All the shapes that say what a table of figures is to give. Raises DataError."""
    return read_shapes(root / "shapes" / "statistics")
