"""The reasoner HermiT, asked which classes of an ontology can have a member."""

from __future__ import annotations

import os
import re
import subprocess
import tempfile
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from queue import SimpleQueue
from threading import Thread

from omissus.consistency import java
from omissus.owl import Ontology

ANSWER = re.compile(r"^<(.+)> is (not )?satisfiable\.$")
OPTIONS = (
    "-Xss64m",  # HermiT descends deep
    "-XX:+UseSerialGC",
    "-XX:TieredStopAtLevel=1",  # a run is over before a thorough compiler has paid for itself
)
MANY = 600
"""Classes that take HermiT about as long to decide as the ontology takes it to read."""
LAST_LINES = 8

Heard = Callable[[int, int], None]
"""Called at each answer with the number of answers given, and of those asked for."""


class ReasonerError(RuntimeError):
    """HermiT did not answer."""


def satisfiable(
    ontology: Ontology, classes: Sequence[str], heard: Heard | None = None
) -> dict[str, bool]:
    """For each class of the ontology whether it can have a member.

    Many classes are shared out among as many processes as there are processors. None of them
    outlives the call, whether it returns, fails or is interrupted. Raises ReasonerError where
    HermiT fails.
    """
    if not classes:
        return {}
    shares = min(os.cpu_count() or 1, 1 + len(classes) // MANY)
    answers: dict[str, bool] = {}
    last: deque[str] = deque(maxlen=LAST_LINES)
    with tempfile.TemporaryDirectory() as folder:
        ontology.save(Path(folder) / "proof.owl")
        commands = [
            _command(Path(folder), number, classes[number::shares]) for number in range(shares)
        ]
        with _lines(commands) as lines:
            for line in lines:
                if answer := ANSWER.match(line):
                    answers[answer[1]] = not answer[2]
                    if heard:
                        heard(len(answers), len(classes))
                else:
                    last.append(line)
    if len(answers) < len(set(classes)):
        raise ReasonerError("HermiT failed: " + "".join(last).strip())
    return answers


def _command(folder: Path, number: int, classes: Sequence[str]) -> list[str]:
    """A command that takes its arguments from a file: they may be too many for the system."""
    import owlready2

    hermit = Path(owlready2.__file__).parent / "hermit"
    arguments = [
        *OPTIONS,
        "-cp",
        f"{hermit}{os.pathsep}{hermit / 'HermiT.jar'}",
        "org.semanticweb.HermiT.cli.CommandLine",
        *(f"--consistency=<{iri}>" for iri in classes),
        (folder / "proof.owl").as_uri(),
    ]
    file = folder / f"arguments-{number}"
    quoted = (a.replace("\\", "\\\\").replace('"', '\\"') for a in arguments)
    file.write_text("\n".join(f'"{argument}"' for argument in quoted), encoding="utf-8")
    return [java(), f"@{file}"]


@contextmanager
def _lines(commands: Sequence[Sequence[str]]) -> Iterator[Iterator[str]]:
    """What some commands print, line by line as it comes. The commands end with the context."""
    printed: SimpleQueue[str | None] = SimpleQueue()

    def listen(running: subprocess.Popen[str]) -> None:
        for line in running.stdout or ():
            printed.put(line)
        printed.put(None)

    with ExitStack() as ending:
        for command in commands:
            running = ending.enter_context(
                subprocess.Popen(
                    command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8"
                )
            )
            listening = Thread(target=listen, args=[running], daemon=True)
            listening.start()
            ending.callback(listening.join)
            ending.callback(running.kill)
        yield (line for _ in commands for line in iter(printed.get, None))
