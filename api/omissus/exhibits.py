"""What the reasons of a finding consist of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from omissus.elements import Reading


@dataclass(frozen=True)
class Limit:
    """An element that keeps an offence from reaching all of a requirement, with its words."""

    facet: str
    anchor: str | None
    citation: str
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class Covering:
    """An offence, or another provision, that reaches at least part of a requirement."""

    iri: str
    label: str
    citation: str
    anchor: str | None
    since: date
    until: date | None
    introduced_by: str | None
    strict: bool
    generous: bool
    express: bool
    naming: str | None
    criminal_code: bool
    penalty: str | None
    procedure: str | None
    conditions: tuple[str, ...]
    through: tuple[str, ...]
    widened: tuple[Limit, ...]
    limits: tuple[Limit, ...]
    review: str
    text_class: str
    consolidated_to: date | None
    decisions: tuple[str, ...]


@dataclass(frozen=True)
class Exhibit:
    """The reasons of one finding; left-over patterns are sentences, at most twelve a reading."""

    left: Mapping[Reading, tuple[str, ...]] = field(
        default_factory=lambda: dict.fromkeys(Reading, ())
    )
    hidden: dict[Reading, int] = field(default_factory=lambda: dict.fromkeys(Reading, 0))
    covering: tuple[Covering, ...] = ()
    expression: str = "none"
    code: str = "none"
    review: str = "coded"


REVIEW_ORDER = ("coded", "second-read", "signed-off")


def least_review(rows: Iterable[Covering]) -> str:
    """The review state of the least reviewed of some provisions."""
    return min((row.review for row in rows), key=REVIEW_ORDER.index, default=REVIEW_ORDER[0])


def where_in_the_books(rows: Sequence[Covering]) -> str:
    """Whether some provisions stand in the Criminal Code or elsewhere."""
    inside = any(row.criminal_code for row in rows)
    outside = any(not row.criminal_code for row in rows)
    if inside and outside:
        return "in the Criminal Code and elsewhere"
    return "in the Criminal Code" if inside else "elsewhere" if outside else "none"
