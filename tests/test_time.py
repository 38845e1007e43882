"""The law of any day: findings move with amendments and with nothing else."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from omissus.findings import Findings
from omissus.patterns import Reading
from omissus.regressions import days_of_change, losses_on

SINCE = date(2000, 1, 1)
FEDERAL = "https://w3id.org/omissus/id/territory/pk"
LONG = (date(2026, 11, 24) - SINCE).days


def left_by_act(corpus, day):
    """What each act leaves over, with the versions of the offences and rules that meet it."""
    findings = Findings(corpus, day)
    acts = [r for r in corpus.requirements if r.offence and not r.bases]
    told = {}
    for act in acts:
        coverage = findings.coverage(act, FEDERAL)
        sources = {
            version
            for reading in Reading
            for offence, reaches in coverage.touching[reading]
            for version in (
                offence.offence.version,
                *(rule.version for reach in reaches for rule in reach.rules),
            )
        }
        left = {reading: frozenset(coverage.left[reading]) for reading in Reading}
        told[act.slug] = (left, sources)
    return told


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.integers(0, LONG), st.integers(1, 900))
def test_between_two_amendments_no_finding_changes(corpus, offset, width):
    day = SINCE + timedelta(days=offset)
    changes = days_of_change(corpus, day + timedelta(days=1))
    last = min([day + timedelta(days=width), *(d - timedelta(days=1) for d in changes[:1])])
    before, after = left_by_act(corpus, day), left_by_act(corpus, last)
    assert before == after


def test_an_amendment_changes_only_the_findings_that_it_touches(corpus):
    for day in days_of_change(corpus, SINCE):
        before, after = left_by_act(corpus, day - timedelta(days=1)), left_by_act(corpus, day)
        for slug, (left, sources) in after.items():
            left_before, sources_before = before[slug]
            if left != left_before:
                moved = {v for v in sources | sources_before if day in (v.start, v.end)}
                assert moved, f"{slug} changed on {day} with no provision of its own"


@pytest.mark.parametrize(
    ("day", "slug", "cause"),
    [
        (date(2018, 6, 2), "2-a-sale", "PPC 1860 s 369A, ended by PTPA 2018"),
        (date(2023, 9, 1), "3-1-c-producing", "PPC 1860 s 292B(1), ended by Act XXXVII of 2023"),
    ],
)
def test_acts_lost_are_told_with_the_act_that_lost_them(corpus, day, slug, cause):
    rows = [row for row in losses_on(corpus, FEDERAL, day) if row.requirement.slug == slug]
    assert any(cause in row.causes and row.lost for row in rows)
