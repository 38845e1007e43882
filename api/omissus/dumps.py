"""Whole graphs as files: written once for a store, which never changes, and kept beside it."""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from pathlib import Path

from pyoxigraph import NamedNode, QueryTriples, RdfFormat, Store

from omissus.description import PREFIXES
from omissus.store import query_text
from omissus.vocabulary import ELI, ID, OM, SKOS

KEPT_FOLDERS = 16
WRITTEN = PREFIXES | {
    "om": OM,
    "id": ID,
    "eli": ELI,
    "skos": SKOS,
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "sh": "http://www.w3.org/ns/shacl#",
}


class UnknownGraphError(LookupError):
    """A graph that the store does not hold."""


def dumped(store: Path, graph: str | None, form: RdfFormat, cache: Path) -> Path:
    """File with a graph of the store in a folder, or with all of them where `graph` is None.

    All graphs are written as quads where the format has them, else as their union. Raises
    UnknownGraphError.
    """
    folder = cache / "dumps" / store.name
    name = hashlib.sha256((graph or "").encode()).hexdigest()[:16]
    path = folder / f"{name}.{form.file_extension}"
    if path.is_file():
        return path
    opened = Store.read_only(str(store))
    if graph is not None and not opened.contains_named_graph(NamedNode(graph)):
        raise UnknownGraphError(graph)
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder) as draft:
        whole = Path(draft) / path.name
        _write(opened, graph, form, whole)
        whole.replace(path)
    _forget_old_dumps(folder.parent)
    return path


def _write(store: Store, graph: str | None, form: RdfFormat, path: Path) -> None:
    if graph is None and not form.supports_datasets:
        union = store.query(query_text("union"), use_default_graph_as_union=True)
        assert isinstance(union, QueryTriples)
        union.serialize(str(path), format=form)
        return
    named = None if graph is None else NamedNode(graph)
    store.dump(str(path), form, from_graph=named, prefixes=WRITTEN)


def _forget_old_dumps(parent: Path) -> None:
    folders = sorted(parent.iterdir(), key=lambda path: path.stat().st_mtime, reverse=True)
    for folder in folders[KEPT_FOLDERS:]:
        shutil.rmtree(folder, ignore_errors=True)
