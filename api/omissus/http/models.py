"""The shape of the reports, for the description of the interface; `omissus.reports` makes them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

from omissus.http.examples import (
    BASE,
    FINDING,
    LEFT_OVER,
    LIMIT,
    PROBLEM,
    PROVISION,
    PROVISION_IN_FULL,
    REPORT,
)

Word = Literal[
    "covered", "contested", "partly covered", "not covered", "not assessed", "option not used"
]


def _shown(example: dict[str, Any]) -> ConfigDict:
    """A schema with an example; further members may come."""
    return ConfigDict(extra="allow", json_schema_extra={"examples": [example]})


class _Shape(BaseModel):
    model_config = ConfigDict(extra="allow")


class Problem(_Shape):
    """Why a request is not answered, and what to ask in its place (RFC 9457)."""

    model_config = _shown(PROBLEM)

    type: str
    title: str
    status: int
    detail: str


class Limit(_Shape):
    """Words that bear on one facet, and where they stand."""

    model_config = _shown(LIMIT)

    facet: str
    anchor: str | None
    citation: str
    reasons: list[str]


class Provision(_Shape):
    """An offence, or another content of the law, that reaches at least part of a demand."""

    model_config = _shown(PROVISION)

    iri: str
    label: str
    citation: str
    anchor: str | None
    in_force_from: date
    in_force_until: date | None
    readings: list[Literal["strict", "generous"]]
    express: bool
    naming: str | None
    in_criminal_code: bool
    penalty: str | None
    review_state: str


class ProvisionInFull(Provision):
    """A provision with its limits, its conditions and the text it was read from."""

    model_config = _shown(PROVISION_IN_FULL)

    introduced_by: str | None
    procedure: str | None
    conditions: list[str]
    through: list[str]
    widened_by: list[Limit]
    limits: list[Limit]
    text_class: str
    consolidated_to: date | None
    decisions: list[str]


class LeftOver(_Shape):
    """Sentences on the acts left out, and how many more there are."""

    model_config = _shown(LEFT_OVER)

    patterns: list[str]
    more: int


class Finding(_Shape):
    """What the law of a day in a territory leaves out of a demand, for victims of one sex."""

    model_config = _shown(FINDING)

    id: str
    requirement: str
    slug: str
    citation: str
    label: str
    modality: str
    paragraphs: list[str]
    territory: str
    territory_label: str
    victim_sex: Literal["girl", "boy", "transgender"]
    verdict: Word
    strict_verdict: Word
    generous_verdict: Word
    federal_verdict: Word
    left_over: dict[Literal["strict", "generous"], LeftOver]
    not_an_offence_at_home: list[str]
    offences: Sequence[Provision]
    expression: str
    criminal_code: str
    penalties: list[str]
    review_state: str
    reported: list[str]
    search: str
    note: str | None


class FindingInFull(Finding):
    """A finding with everything that is known of the provisions that reach it."""

    model_config = _shown(FINDING | {"offences": [PROVISION_IN_FULL]})

    offences: Sequence[ProvisionInFull]


class Base(_Shape):
    """How far the offences of an Act reach beyond the border on one base of jurisdiction."""

    model_config = _shown(BASE)

    instrument: str
    citation: str
    base: str
    base_label: str
    demanded_by: str
    verdict: Word
    rules: list[str]


class Report(_Shape):
    """Findings on the law of one day, with their caveats."""

    model_config = _shown(REPORT | {"cells": [FINDING]})

    at: date
    release: str
    disclaimer: str
    doubts_about_the_day: list[str]
    cells: Sequence[Finding]
    jurisdiction: list[Base]


class Explanation(Report):
    """Findings with their reasons in full."""

    model_config = _shown(REPORT | {"cells": [FINDING | {"offences": [PROVISION_IN_FULL]}]})

    cells: Sequence[FindingInFull]


class Health(BaseModel):
    """Whether the server answers."""

    model_config = _shown({"status": "ok"})

    status: Literal["ok"] = "ok"


class Release(BaseModel):
    """What is running: the version of Omissus and the release of its data."""

    model_config = _shown({"version": "0.1.0", "release": "0123456789ab"})

    version: str
    release: str
