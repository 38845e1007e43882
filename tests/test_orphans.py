"""References to what is gone: found by the core and by a shape over the graph of one day."""

from __future__ import annotations

from datetime import date

import pytest
from rdflib.util import from_n3

from omissus.graph import DataError
from omissus.orphans import graph_of_day, orphans
from tests.shacl_engines import ENGINES, n_triples, pyshacl, told
from tests.worlds import ROOT, act, section, world

SHAPE = ROOT / "shapes" / "orphans" / "orphan-reference.ttl"
GONE = section("Code", "s7", end="2010-01-01").replace(
    "om:ProvisionVersion ;", "om:ProvisionVersion ; om:endedBy t:Mending ;"
)
LIST = act("Code") + act("List") + act("Mending") + GONE
BEFORE, AFTER = date(2009, 12, 31), date(2010, 1, 1)


def reference(*names: str, of: str = "List-s1-v") -> str:
    """A reference of a Testland provision to others."""
    told = " ".join(f"om:refersTo t:{name} ;" for name in names)
    return f't:reference a om:Reference ; om:pinpoint t:{of} ; om:anchor "section 7" ; {told} .'


def by_shape(corpus, day, engine=pyshacl):
    """What the shape finds: pairs of a reference and what it names."""
    rows = engine(told(graph_of_day(corpus, day)), n_triples(SHAPE))
    return sorted((str(from_n3(row.focus)), str(from_n3(row.value))) for row in rows)


def by_core(corpus, day):
    return sorted((row.iri, row.names_iri or row.names) for row in orphans(corpus, day))


def test_a_reference_becomes_an_orphan_on_the_day_its_section_ends(tmp_path):
    corpus = world(tmp_path, LIST, reference("Code-s7"))
    assert orphans(corpus, BEFORE) == ()
    (found,) = orphans(corpus, AFTER)
    assert found.sentence == "List 2000 s1 names Code 2000 s7, ended on 2010-01-01 by Mending 2000."
    assert not found.missing


def test_a_reference_to_what_never_was_has_no_day_and_no_act(tmp_path):
    never = 't:reference a om:Reference ; om:pinpoint t:List-s1-v ; om:refersToMissing "s 99" .'
    (found,) = orphans(world(tmp_path, LIST, never), BEFORE)
    assert found.missing
    assert (found.ended_by, found.note) == (None, None)
    assert found.sentence == "List 2000 s1 names s 99, which never existed."


def test_a_section_of_which_one_part_stands_is_in_force(tmp_path):
    part = section("Code", "s7-1").replace("eli:is_part_of t:Code .", "eli:is_part_of t:Code-s7 .")
    corpus = world(tmp_path, LIST, part, reference("Code-s7"))
    assert orphans(corpus, AFTER) == ()
    assert by_shape(corpus, AFTER) == []


def test_an_act_is_gone_when_all_its_sections_are(tmp_path):
    old = act("Old").replace(
        "eli:realizes", 'eli:date_no_longer_in_force "2010-01-01"^^xsd:date ; eli:realizes'
    )
    corpus = world(tmp_path, LIST, old, reference("Old", "Code"))
    assert [row.names for row in orphans(corpus, AFTER)] == ["Old 2000"]


def test_a_reference_that_is_not_in_force_is_no_orphan(tmp_path):
    later = section("List", "s2", start="2015-01-01")
    corpus = world(tmp_path, LIST, later, reference("Code-s7", of="List-s2-v"))
    assert orphans(corpus, AFTER) == ()
    (found,) = orphans(corpus, date(2015, 1, 1))
    assert found.sentence.endswith("by Mending 2000, before these words were law.")


def test_the_act_that_repeals_may_name_what_it_repeals(tmp_path):
    corpus = world(tmp_path, LIST, reference("Code-s7", of="Mending-s1-v"))
    assert orphans(corpus, AFTER) == ()
    assert by_shape(corpus, AFTER) == []


def test_a_section_that_has_not_begun_makes_no_orphan(tmp_path):
    corpus = world(tmp_path, LIST, section("Code", "s8", start="2020-01-01"), reference("Code-s8"))
    assert orphans(corpus, AFTER) == ()
    assert by_shape(corpus, AFTER) == []


def test_what_outlasts_a_repeal_is_told_once_the_law_says_it(tmp_path):
    clauses = act("Clauses") + 't:Clauses-s1-v om:savingNote "Nothing past is undone." .'
    (found,) = orphans(world(tmp_path, LIST, clauses, reference("Code-s7")), AFTER)
    assert found.note == "Clauses 2000 s1: Nothing past is undone."


@pytest.mark.parametrize(
    ("faulty", "what"),
    [
        ("t:reference a om:Reference ; om:refersTo t:Code-s7 .", "stands in no version"),
        ("t:reference a om:Reference ; om:pinpoint t:List-s1-v .", "names nothing"),
    ],
)
def test_a_reference_half_told_is_refused(tmp_path, faulty, what):
    with pytest.raises(DataError, match=what):
        orphans(world(tmp_path, LIST, faulty), AFTER)


def test_core_and_shape_find_the_same_in_testland(tmp_path):
    never = 't:other a om:Reference ; om:pinpoint t:List-s1-v ; om:refersToMissing "s 99" .'
    corpus = world(tmp_path, LIST, reference("Code-s7", "Code-s1", "Code"), never)
    for day in (BEFORE, AFTER):
        assert by_core(corpus, day) == by_shape(corpus, day)
    assert len(by_core(corpus, AFTER)) == 2


@pytest.mark.parametrize("day", [date(2018, 1, 1), date(2023, 9, 29), date(2026, 11, 24)])
def test_core_and_shape_by_every_engine_find_the_same_in_real_law(corpus, day):
    found = by_core(corpus, day)
    assert found
    for engine in ENGINES.values():
        assert found == by_shape(corpus, day, engine)


def test_in_september_2023_the_lists_name_sections_that_are_gone_and_some_that_never_were(corpus):
    names = {row.names for row in orphans(corpus, date(2023, 9, 29))}
    assert {f"PPC 1860 s {n}" for n in ("292B", "292C", "369A", "372", "373")} <= names
    assert {f"PECA 2016 s 21{letter}" for letter in "ABCDEF"} <= names


def test_in_2018_child_pornography_still_stood_in_the_penal_code(corpus):
    names = {row.names for row in orphans(corpus, date(2018, 1, 1))}
    assert names == {"PPC 1860 s 372", "PPC 1860 s 373"}


def test_each_orphan_that_ended_has_its_act_and_the_general_clauses_act_beside_it(corpus):
    for row in orphans(corpus, date(2023, 9, 29)):
        if not row.missing:
            assert row.ended_by
            assert row.note
            assert row.note.startswith("General Clauses Act 1897 s 6")
