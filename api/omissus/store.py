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
from pyoxigraph import Quad, RdfFormat, Store

from omissus.findings import Findings
from omissus.findings_rdf import findings_quads
from omissus.graphs import authored_quads

KEPT_STORES = 16
WITH_REPORTS = "-reports"
QUERIES = Path(__file__).parent / "queries"


def query_text(name: str) -> str:
    """The SPARQL query kept under a name, such as verdicts-by-territory."""
    return (QUERIES / f"{name}.rq").read_text(encoding="utf-8")


def _all_quads(findings: Findings) -> Iterator[Quad]:
    yield from authored_quads(findings.corpus.graph)
    yield from findings_quads(findings)


def report_file(findings: Findings, cache: Path) -> Path:
    """Where the validation reports of a day lie below `cache`, whether they are made or not."""
    return cache / "reports" / f"{_key(findings, _shapes(findings.corpus.graph.root))}.nq"


def in_memory(findings: Findings) -> Store:
    """A store that lives as long as the process: query it with the union as default graph."""
    store = Store()
    store.bulk_extend(_all_quads(findings))
    return store


def cache_folder() -> Path:
    """Where stores on disk are kept: the user's cache folder, or $OMISSUS_CACHE."""
    named = os.environ.get("OMISSUS_CACHE")
    return Path(named) if named else user_cache_path("omissus")


def _key(findings: Findings, *more: bytes) -> str:
    """The day, and a digest of all that is computed from: data, code, and whatever is told."""
    digest = hashlib.sha256(findings.corpus.graph.release.encode() + _code())
    for part in more:
        digest.update(part)
    return f"{findings.day.isoformat()}-{digest.hexdigest()[:16]}"


@cache
def _code() -> bytes:
    package = Path(__file__).parent
    paths = [*sorted(package.glob("*.py")), *sorted(QUERIES.rglob("*.rq"))]
    digest = hashlib.sha256(pyoxigraph.__version__.encode())
    for path in paths:
        digest.update(path.read_bytes())
    return digest.digest()


@cache
def _shapes(root: Path) -> bytes:
    paths = sorted((root / "shapes").rglob("*.ttl"))
    return b"".join(path.read_bytes() for path in paths)


def store_folder(findings: Findings, cache: Path) -> Path:
    """Where the store of a day lies below `cache`, whether it is built or not.

    A store with validation reports is another than the one without.
    """
    reports = report_file(findings, cache)
    name = reports.stem + WITH_REPORTS if reports.is_file() else _key(findings)
    return cache / "stores" / name


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
        if folder.name.endswith(WITH_REPORTS):
            store.bulk_load(path=str(report_file(findings, cache)), format=RdfFormat.N_QUADS)
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
