"""What tests share: the real corpus, read once."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from omissus.corpus import Corpus
from omissus.data import open_corpus

TEXTS = Path(__file__).parents[1].parent / "shared" / "sources"


@pytest.fixture(scope="session")
def corpus() -> Corpus:
    return open_corpus()


@pytest.fixture(scope="session")
def texts() -> Path:
    """Folder of statute texts, which are not part of the repository."""
    folder = Path(os.environ.get("OMISSUS_TEXTS", TEXTS))
    if not folder.is_dir():
        pytest.skip("NO STATUTE TEXTS: set OMISSUS_TEXTS to a folder of them to verify anchors")
    return folder


@pytest.fixture(scope="session")
def stores(tmp_path_factory):
    """A folder in which the tests of one run keep the stores of the days they ask for."""
    return tmp_path_factory.mktemp("stores")
