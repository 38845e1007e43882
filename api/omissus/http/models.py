"""The shape of the reports, for the description of the interface; `omissus.reports` makes them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict

Word = Literal[
    "covered", "contested", "partly covered", "not covered", "not assessed", "option not used"
]


class _Shape(BaseModel):
    model_config = ConfigDict(extra="allow")


class Limit(_Shape):
    """Words that bear on one facet, and where they stand."""

    facet: str
    anchor: str | None
    citation: str
    reasons: list[str]


class Provision(_Shape):
    """An offence, or another content of the law, that reaches at least part of a demand."""

    iri: str
    label: str
    citation: str
    anchor: str | None
    in_force_from: date
    in_force_until: date | None
    readings: list[Literal["strict", "generous"]]
    express: bool
    in_criminal_code: bool
    penalty: str | None
    review_state: str


class ProvisionInFull(Provision):
    """A provision with its limits, its conditions and the text it was read from."""

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

    patterns: list[str]
    more: int


class Finding(_Shape):
    """What the law of a day in a territory leaves out of a demand, for victims of one sex."""

    id: str
    requirement: str
    citation: str
    label: str
    modality: str
    territory: str
    victim_sex: Literal["girl", "boy", "transgender"]
    verdict: Word
    strict_verdict: Word
    generous_verdict: Word
    federal_verdict: Word
    left_over: dict[Literal["strict", "generous"], LeftOver]
    offences: Sequence[Provision]
    reported: list[str]
    search: str


class FindingInFull(Finding):
    """A finding with everything that is known of the provisions that reach it."""

    offences: Sequence[ProvisionInFull]


class Report(_Shape):
    """Findings on the law of one day, with their caveats."""

    model_config = ConfigDict(
        extra="allow",
        json_schema_extra={
            "example": {
                "at": "2023-09-29",
                "release": "0123456789ab",
                "disclaimer": "Research on the words of the law; not legal advice.",
                "doubts_about_the_day": [],
                "cells": [],
                "jurisdiction": [],
            }
        },
    )

    at: date
    release: str
    disclaimer: str
    doubts_about_the_day: list[str]
    cells: Sequence[Finding]


class Explanation(Report):
    """Findings with their reasons in full."""

    cells: Sequence[FindingInFull]


class Health(BaseModel):
    """Whether the server answers."""

    status: Literal["ok"] = "ok"


class Release(BaseModel):
    """What is running: the version of Omissus and the release of its data."""

    model_config = ConfigDict(
        json_schema_extra={"example": {"version": "0.1.0", "release": "0123456789ab"}}
    )

    version: str
    release: str
