"""Where the ontology, the statutes and the shapes lie, in a checkout and in an installed wheel."""

from __future__ import annotations

from pathlib import Path

from omissus.corpus import Corpus, read_corpus
from omissus.graph import load


def data_root() -> Path:
    """Folder that holds ontology/, statutes/ and shapes/."""
    package = Path(__file__).resolve().parent
    installed = package / "data"
    return installed if installed.is_dir() else package.parents[1]


def open_corpus(root: Path | None = None) -> Corpus:
    """The corpus below `root`, or the one that comes with the package. Raises DataError."""
    return read_corpus(load(root or data_root()))
