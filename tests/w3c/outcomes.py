"""What became of a case."""

from __future__ import annotations

from dataclasses import dataclass

PASSED, FAILED, OUT = "passed", "failed", "not applicable"


@dataclass(frozen=True)
class Outcome:
    """Passed, failed or not applicable, and why, or how it was judged."""

    case: str
    title: str
    result: str
    reason: str = ""


class DeviationError(AssertionError):
    """The endpoint did not do what a case demands."""


def demand(holds: bool, told: str) -> None:
    """Raises DeviationError, in the words told, where something demanded does not hold."""
    if not holds:
        raise DeviationError(told)
