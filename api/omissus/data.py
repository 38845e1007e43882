"""Where the ontology, the statutes and the shapes lie, in a checkout and in an installed wheel."""

from __future__ import annotations

from pathlib import Path

from omissus.corpus import Corpus
from omissus.corpus_reading import read_corpus
from omissus.graph import load


def data_root() -> Path:
    """Folder that holds ontology/, statutes/ and shapes/."""
    package = Path(__file__).resolve().parent
    installed = package / "data"
    return installed if installed.is_dir() else package.parents[1]


def question_files(root: Path) -> list[Path]:
    """The competency questions, which a checkout keeps with its tests and a wheel with its data."""
    folders = (root / "questions", root / "tests" / "questions")
    return sorted(path for folder in folders for path in folder.glob("*.rq"))


def open_corpus(root: Path | None = None) -> Corpus:
    """The corpus below `root`, or the one that comes with the package. Raises DataError."""
    return read_corpus(load(root or data_root()))
