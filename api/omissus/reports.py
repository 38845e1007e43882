"""Findings as plain data: one shape for the command line, the web and the notebooks."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from omissus.corpus import Requirement
from omissus.coverage import Verdict
from omissus.elements import Reading
from omissus.exhibits import Covering, Limit
from omissus.findings import Cell, Findings
from omissus.jurisdiction import BaseFinding

DISCLAIMER = "Research on the words of the law; not legal advice."

SYMBOLS = {
    Verdict.COVERED: "●",
    Verdict.CONTESTED: "◑",
    Verdict.PARTLY: "◔",
    Verdict.NOT_COVERED: "○",
    Verdict.NOT_ASSESSED: "?",
    Verdict.OPTION_NOT_USED: "–",
}
SEX_LABELS = {"girl": "girls", "boy": "boys", "transgender": "transgender or intersex children"}


def family(requirement: Requirement) -> str:
    """Heading under which requirements stand together: citation, common words, modality."""
    common, colon, _ = requirement.label.partition(": ")
    words = f" {common}" if colon else ""
    return f"{requirement.citation}{words} ({requirement.modality})"


def act(requirement: Requirement) -> str:
    """What tells a requirement from others under the same heading."""
    return requirement.label.rpartition(": ")[2]


def _limit(limit: Limit) -> dict[str, Any]:
    return {
        "facet": limit.facet,
        "anchor": limit.anchor,
        "citation": limit.citation,
        "reasons": list(limit.reasons),
    }


def _covering(row: Covering) -> dict[str, Any]:
    return {
        "iri": row.iri,
        "label": row.label,
        "citation": row.citation,
        "anchor": row.anchor,
        "in_force_from": row.since.isoformat(),
        "in_force_until": row.until.isoformat() if row.until else None,
        "readings": [
            r.value for r, on in zip(Reading, (row.strict, row.generous), strict=True) if on
        ],
        "express": row.express,
        "naming": row.naming,
        "in_criminal_code": row.criminal_code,
        "penalty": row.penalty,
        "review_state": row.review,
    }


def _covering_in_full(row: Covering) -> dict[str, Any]:
    return _covering(row) | {
        "introduced_by": row.introduced_by,
        "procedure": row.procedure,
        "conditions": list(row.conditions),
        "through": list(row.through),
        "widened_by": [_limit(limit) for limit in row.widened],
        "limits": [_limit(limit) for limit in row.limits],
        "text_class": row.text_class,
        "consolidated_to": row.consolidated_to.isoformat() if row.consolidated_to else None,
        "decisions": list(row.decisions),
    }


def cell_data(cell: Cell, in_full: bool = False) -> dict[str, Any]:
    """One finding as plain data; in full, each offence with its limits and conditions."""
    corpus, exhibit = cell.findings.corpus, cell.exhibit
    told = _covering_in_full if in_full else _covering
    return {
        "id": cell.id,
        "requirement": cell.requirement.iri,
        "slug": cell.requirement.slug,
        "citation": cell.requirement.citation,
        "label": cell.requirement.label,
        "modality": cell.requirement.modality,
        "paragraphs": list(cell.requirement.paragraphs),
        "territory": corpus.slug(cell.territory),
        "territory_label": corpus.label(cell.territory),
        "victim_sex": cell.sex,
        "verdict": cell.verdict.value,
        "strict_verdict": cell.strict.value,
        "generous_verdict": cell.generous.value,
        "federal_verdict": cell.federal.value,
        "left_over": {
            reading.value: {
                "patterns": list(exhibit.left[reading]),
                "more": exhibit.hidden[reading],
            }
            for reading in Reading
        },
        "not_an_offence_at_home": list(cell.unpunished_at_home),
        "offences": [told(row) for row in exhibit.covering],
        "expression": exhibit.expression,
        "criminal_code": exhibit.code,
        "penalties": list(dict.fromkeys(r.penalty for r in exhibit.covering if r.penalty)),
        "review_state": exhibit.review,
        "reported": [str(reported) for reported in cell.reported],
        "search": cell.search,
        "note": cell.requirement.note,
    }


def report_data(
    findings: Findings,
    cells: Iterable[Cell],
    bases: Iterable[BaseFinding] = (),
    in_full: bool = False,
) -> dict[str, Any]:
    """A whole report: the day, the release of the data, the findings and their caveats."""
    return {
        "at": findings.day.isoformat(),
        "release": findings.corpus.graph.release,
        "disclaimer": DISCLAIMER,
        "doubts_about_the_day": findings.doubts(),
        "cells": [cell_data(cell, in_full) for cell in cells],
        "jurisdiction": [
            {
                "instrument": row.instrument,
                "citation": row.citation,
                "base": row.base.slug,
                "base_label": row.base.label,
                "demanded_by": row.base.citation,
                "verdict": row.verdict.value,
                "rules": list(row.rules),
            }
            for row in bases
        ],
    }
