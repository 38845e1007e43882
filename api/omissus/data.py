"""Where the ontology, the statutes and the shapes lie, in a checkout and in an installed wheel."""

from __future__ import annotations

from pathlib import Path

from omissus.corpus import Corpus
from omissus.corpus_reading import read_corpus
from omissus.graph import load
from omissus.state_files import shared_files, state_files, states_below


def data_root() -> Path:
    """Folder that holds ontology/, statutes/ and shapes/."""
    package = Path(__file__).resolve().parent
    installed = package / "data"
    return installed if installed.is_dir() else package.parents[1]


def question_files(root: Path) -> list[Path]:
    """The competency questions, which a checkout keeps with its tests and a wheel with its data."""
    folders = (root / "questions", root / "tests" / "questions")
    return sorted(path for folder in folders for path in folder.glob("*.rq"))


def open_corpus(root: Path | None = None, place: str | None = None) -> Corpus:
    """The corpus below `root`, or the one that comes with the package. Raises DataError.

    Where that holds the law of several States, only that of the State of a territory, given by
    its short name, is read if there is one.
    """
    folder = root or data_root()
    if place is None or len(states_below(folder)) < 2:
        return read_corpus(load(folder))
    own = state_files(folder, place.partition("-")[0])
    return read_corpus(load(folder, (*shared_files(folder), *own)))
