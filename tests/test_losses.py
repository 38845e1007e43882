"""Acts lost between two days: found by the core and by shapes over a snapshot of both days."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta

import pytest

from omissus.elements import Reading
from omissus.findings import Findings
from omissus.gap_shapes import answers
from omissus.losses import two_days
from omissus.regressions import losses_on
from omissus.shape_families import FAMILIES
from omissus.vocabulary import om
from tests.test_snapshot import made_up_law
from tests.worlds import FEDERAL, TESTLAND, act, elements, offence, section, world

DAY = date(2010, 1, 1)
FULL = {"conduct": "procuring", "purpose": "prostitution"}
PROCURING = "3-1-b-procuring"
LAW = act("Code") + act("Mending")
ENDED = section("Code", "s2", end="2010-01-01").replace(
    "om:ProvisionVersion ;", "om:ProvisionVersion ; om:endedBy t:Mending ;"
)
BY_MENDING = "Code 2000 s2, ended by Mending 2000"
READINGS = {"lost act": Reading.GENEROUS, "lost certainty": Reading.STRICT}

Losses = dict[tuple[str, Reading], set[str]]


def snapshot_of(corpus, day=DAY, territory=TESTLAND):
    before, after = Findings(corpus, day - timedelta(days=1)), Findings(corpus, day)
    return after, two_days(before, after, territory)


def by_shapes(corpus, day=DAY, territory=TESTLAND) -> Losses:
    """For each act and reading of which something is lost, with what."""
    after, quads = snapshot_of(corpus, day, territory)
    found: Losses = defaultdict(set)
    for row in answers(after, territory, FAMILIES["regressions"].folder, quads):
        found[row.requirement, READINGS[row.name.removesuffix(", by guidance")]] |= set(row.causes)
    return dict(found)


def by_core(corpus, day=DAY, territory=TESTLAND) -> Losses:
    rows = losses_on(corpus, territory, day)
    return {(row.requirement.slug, row.reading): set(row.causes) for row in rows}


def both(corpus) -> Losses:
    """What core and shapes both find."""
    found = by_core(corpus)
    assert found == by_shapes(corpus)
    return found


def test_an_act_is_lost_when_the_only_offence_on_it_ends(tmp_path):
    corpus = world(tmp_path, LAW, ENDED, offence("o", "Code-s2-v", **FULL))
    assert both(corpus) == {(PROCURING, reading): {BY_MENDING} for reading in Reading}


def test_an_act_that_another_offence_still_punishes_is_not_lost(tmp_path):
    law = offence("o", "Code-s2-v", **FULL) + offence("p", "Code-s1-v", **FULL)
    assert both(world(tmp_path, LAW, ENDED, law)) == {}


def test_of_an_offence_enacted_anew_only_what_it_no_longer_says_is_lost(tmp_path):
    anew = section("Code", "s3", start="2010-01-01")
    law = offence("o", "Code-s2-v", **FULL) + offence("p", "Code-s3-v", **FULL, victim_sex="girl")
    corpus = world(tmp_path, LAW, ENDED, anew, law)
    assert both(corpus) == {(PROCURING, reading): {BY_MENDING} for reading in Reading}
    after, quads = snapshot_of(corpus)
    rows = answers(after, TESTLAND, FAMILIES["regressions"].folder, quads)
    assert rows
    assert not [row for row in rows if "girl" in row.label]


def test_an_act_that_is_only_arguably_punished_after_is_lost_on_the_strict_reading(tmp_path):
    anew = section("Code", "s3", start="2010-01-01")
    open_word = offence("p", "Code-s3-v", **FULL | {"conduct": "~procuring"})
    corpus = world(tmp_path, LAW, ENDED, anew, offence("o", "Code-s2-v", **FULL), open_word)
    assert both(corpus) == {(PROCURING, Reading.STRICT): {BY_MENDING}}


def test_a_rule_that_ends_takes_with_it_what_rested_on_it(tmp_path):
    rule = "t:rule a om:WideningRule ; om:enactedIn t:Code-s2-v ; om:reaches t:Code ."
    widened = rule + elements("t:rule", kind="Replacement", means="means:any-means")
    widened = widened.replace("means:any-means", "means:no-means ; om:allows means:deception")
    law = offence("o", "Code-s1-v", **FULL, means="force")
    corpus = world(tmp_path, LAW, ENDED, law, widened)
    assert both(corpus) == {(PROCURING, reading): {BY_MENDING} for reading in Reading}


def test_an_exception_that_begins_loses_what_it_takes_away(tmp_path):
    begun = section("Mending", "s2", start="2010-01-01")
    save = "t:save a om:Exception ; om:enactedIn t:Mending-s2-v ; om:exceptionTo t:o ."
    save += elements("t:save", victim_age="14")
    corpus = world(tmp_path, LAW, begun, offence("o", "Code-s1-v", **FULL), save)
    assert both(corpus) == {(PROCURING, reading): {"Mending 2000 s2"} for reading in Reading}


def test_an_extent_that_ends_loses_what_the_act_punished(tmp_path):
    undated = act("Code").replace(" ; eli:relevant_for territory:pk .", " .")
    extent = """
t:extent a om:Extent ; rdfs:label "Code 2000 in Federal"@en ; om:extentOf t:Code ;
    om:extendsTo territory:pk ; eli:date_no_longer_in_force "2010-01-01"^^xsd:date ;
    om:extentEndedBy t:Mending .
"""
    corpus = world(tmp_path, undated, act("Mending"), extent, offence("o", "Code-s1-v", **FULL))
    cause = "Code 2000 in Federal, ended by Mending 2000"
    assert both(corpus) == {(PROCURING, reading): {cause} for reading in Reading}


def test_a_loss_that_nothing_explains_is_itself_a_result(tmp_path):
    corpus = world(tmp_path, LAW, ENDED, offence("o", "Code-s2-v", **FULL))
    after, quads = snapshot_of(corpus)
    bare = [quad for quad in quads if quad.predicate.value != om("lostWith")]
    folder = FAMILIES["regressions"].folder
    named = [{r.name for r in answers(after, TESTLAND, folder, told)} for told in (quads, bare)]
    assert named[1] - named[0] == {"loss without a cause"}


@pytest.mark.parametrize("seed", range(6))
def test_core_and_shapes_find_the_same_losses_in_law_drawn_by_lot(tmp_path, seed):
    version = "t:Special-s1-v a om:ProvisionVersion ;"
    ended = f'{version} eli:date_no_longer_in_force "2010-01-01"^^xsd:date ;'
    both(world(tmp_path, *(part.replace(version, ended) for part in made_up_law(seed))))


@pytest.mark.parametrize("day", [date(2018, 6, 2), date(2023, 9, 1)], ids=str)
def test_core_and_shapes_find_the_same_losses_in_real_law(corpus, day):
    """An act that is lost on both readings is tied to what it was lost with on either."""
    core, shapes = by_core(corpus, day, FEDERAL), by_shapes(corpus, day, FEDERAL)
    assert core
    assert core.keys() == shapes.keys()
    for (slug, reading), causes in shapes.items():
        assert causes
        assert causes <= core[slug, reading] | core.get((slug, Reading.GENEROUS), set())
