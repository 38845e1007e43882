"""Whose law a file holds, where a folder has that of several States.

Files that stand in statutes/ itself are read for every State. Its folders are those of a State by
the first part of their name, as pk/ and pk-sd/ are Pakistan's.
"""

from __future__ import annotations

from pathlib import Path

from omissus.graph import DataError

STATUTES = "statutes"
SHOWN = 12


def states_below(root: Path) -> tuple[str, ...]:
    """The short names of the States whose law a folder holds, in their order."""
    return tuple(dict.fromkeys(state for state, _ in _folders(root)))


def state_files(root: Path, state: str) -> tuple[Path, ...]:
    """The files of one State. Raises DataError where the folder holds no law of it."""
    own = [path for name, path in _folders(root) if name == state]
    if not own:
        known = ", ".join(states_below(root)[:SHOWN])
        raise DataError(str(root / STATUTES), f"no law of a State {state!r}", f"There is {known}.")
    return tuple(path for folder in own for path in sorted(folder.rglob("*.ttl")))


def shared_files(root: Path) -> tuple[Path, ...]:
    """The files that are read for every State: the ontology, and those in statutes/ itself."""
    ontology = sorted((root / "ontology").rglob("*.ttl"))
    return (*ontology, *sorted((root / STATUTES).glob("*.ttl")))


def _folders(root: Path) -> list[tuple[str, Path]]:
    """Folders of statutes with the State that each belongs to, in the order of their names."""
    folders = (path for path in (root / STATUTES).iterdir() if path.is_dir())
    return sorted((path.name.partition("-")[0], path) for path in folders if path.name != "bills")
