"""The SPARQL store: the ontology, the instruments and the findings of one day, in named graphs."""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pyoxigraph
from platformdirs import user_cache_path
from pyoxigraph import Quad, Store

from omissus.findings import Findings
from omissus.findings_rdf import findings_quads
from omissus.graphs import authored_quads

KEPT_STORES = 16
QUERIES = Path(__file__).parent / "queries"


def query_text(name: str) -> str:
    """The SPARQL query kept under a name, such as verdicts-by-territory."""
    return (QUERIES / f"{name}.rq").read_text(encoding="utf-8")


def _all_quads(findings: Findings) -> Iterator[Quad]:
    yield from authored_quads(findings.corpus.graph)
    yield from findings_quads(findings)


def in_memory(findings: Findings) -> Store:
    """A store that lives as long as the process: query it with the union as default graph."""
    store = Store()
    store.bulk_extend(_all_quads(findings))
    return store


def cache_folder() -> Path:
    """Where stores on disk are kept: the user's cache folder, or $OMISSUS_CACHE."""
    named = os.environ.get("OMISSUS_CACHE")
    return Path(named) if named else user_cache_path("omissus")


def store_key(findings: Findings) -> str:
    """What a store on disk depends on: the data, the code that computes findings, and the day."""
    digest = hashlib.sha256(findings.corpus.graph.release.encode() + _code())
    return f"{findings.day.isoformat()}-{digest.hexdigest()[:16]}"


@cache
def _code() -> bytes:
    paths = sorted(Path(__file__).parent.glob("*.py"))
    return pyoxigraph.__version__.encode() + b"".join(path.read_bytes() for path in paths)


def store_folder(findings: Findings, cache: Path) -> Path:
    """Where the store of a day lies below `cache`, whether it is built or not."""
    return cache / "stores" / store_key(findings)


def on_disk(findings: Findings, cache: Path) -> Path:
    """Folder of the store of a day below `cache`, built once and never written again.

    It is built under another name and renamed when whole, so that no reader sees half a store.
    """
    folder = store_folder(findings, cache)
    if folder.is_dir():
        folder.touch()
        return folder
    folder.parent.mkdir(parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(prefix="draft-", dir=folder.parent))
    try:
        store = Store(str(draft))
        store.bulk_extend(_all_quads(findings))
        store.optimize()
        store.flush()
        del store  # closes it: a folder is renamed only when nothing writes to it
        draft.rename(folder)
    except OSError:
        shutil.rmtree(draft, ignore_errors=True)
        if not folder.is_dir():
            raise
    _forget_old_stores(folder.parent)
    return folder


def _forget_old_stores(parent: Path) -> None:
    stores = sorted(
        (path for path in parent.iterdir() if not path.name.startswith("draft-")),
        key=lambda path: path.stat().st_mtime,
        reverse=True,
    )
    for path in stores[KEPT_STORES:]:
        shutil.rmtree(path, ignore_errors=True)
