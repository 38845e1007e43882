"""Acts that two offences reach with penalties far apart."""

from __future__ import annotations

import json
from datetime import date

import pytest
from typer.testing import CliRunner

from omissus.cli.main import app
from omissus.conflicts import by_pair, conflicts
from omissus.findings import Findings
from omissus.overlaps import overlaps
from omissus.rdf import rdf_graph
from omissus.shapes import read_shapes, results
from omissus.vocabulary import ID, om
from tests.test_snapshot import made_up_law
from tests.worlds import FEDERAL, ROOT, TESTLAND, act, offence, section, world

DAY = date(2020, 1, 1)
TWO = act("Code") + act("Special")


def penalty(of: str, version: str, **told: object) -> str:
    """A penalty in Testland: maximumMonths=84, lifeImprisonment="true", fine="fine:alternative"."""
    values = " ".join(f"om:{name} {value} ;" for name, value in told.items())
    source = f"om:penaltyFor t:{of} ; om:enactedIn t:{version} ;"
    return f"t:{of}-penalty a om:Penalty ; {source} {values} ."


def selling(name: str, version: str, months: int | None = None, **told: object) -> str:
    """An offence of offering a child for prostitution, with a penalty."""
    limits = {"conduct": "offering", "purpose": "prostitution"}
    limits |= {key: str(told.pop(key)) for key in ("victim_age", "victim_sex") if key in told}
    if months:
        told["maximumMonths"] = months
    told.setdefault("fine", "fine:additional")
    return offence(name, version, **limits) + penalty(name, version, **told)


def found(folder, *law, day=DAY):
    return conflicts(Findings(world(folder, *law), day), TESTLAND)


def on(rows, slug="3-1-b-offering"):
    return [row for row in rows if row.requirement.slug == slug]


def test_two_offences_on_one_act_conflict_where_one_maximum_is_twice_the_other(tmp_path):
    general, special = selling("a", "Code-s1-v", 60), selling("b", "Special-s1-v", 120)
    (row,) = on(found(tmp_path, TWO, general, special))
    assert row.heavier.citation == "Special 2000 s1"
    assert row.lighter.citation == "Code 2000 s1"
    assert row.differences == ("the longest term is 2 times the other",)
    assert row.apart == 2
    assert row.pattern.startswith("Offering a child for prostitution")


def test_penalties_less_than_twice_apart_and_alike_in_kind_do_not_conflict(tmp_path):
    assert not found(
        tmp_path, TWO, selling("a", "Code-s1-v", 60), selling("b", "Special-s1-v", 119)
    )


@pytest.mark.parametrize(
    ("told", "difference"),
    [
        ({"minimumMonths": 24}, "a minimum in the first only"),
        ({"fine": "fine:alternative"}, "a fine in place of imprisonment in the second only"),
        ({"lifeImprisonment": "true"}, "life imprisonment in the first only"),
        ({"death": "true"}, "death in the first only"),
    ],
)
def test_a_difference_in_kind_is_a_conflict(tmp_path, told, difference):
    (row,) = on(
        found(
            tmp_path, TWO, selling("a", "Code-s1-v", 300), selling("b", "Special-s1-v", 300, **told)
        )
    )
    assert row.differences == (difference,)


def test_life_without_another_term_is_a_minimum(tmp_path):
    life = selling("b", "Special-s1-v", lifeImprisonment="true")
    (row,) = on(found(tmp_path, TWO, selling("a", "Code-s1-v", 300), life))
    assert row.differences == ("life imprisonment in the first only", "a minimum in the first only")


def test_the_common_pattern_is_what_both_reach_and_no_more(tmp_path):
    young = selling("a", "Code-s1-v", 60, victim_age="14")
    girls = selling("b", "Special-s1-v", 240, victim_sex="girl")
    (row,) = on(found(tmp_path, TWO, young, girls))
    assert "a girl aged 0 to 13" in row.pattern


def test_offences_that_nowhere_meet_do_not_conflict(tmp_path):
    boys = selling("a", "Code-s1-v", 60, victim_sex="boy")
    assert not found(tmp_path, TWO, boys, selling("b", "Special-s1-v", 240, victim_sex="girl"))


def test_what_only_the_generous_reading_reaches_does_not_conflict(tmp_path):
    perhaps = selling("a", "Code-s1-v", 60, victim_sex="~girl")
    assert not found(tmp_path, TWO, perhaps, selling("b", "Special-s1-v", 240))


def test_limbs_of_one_section_and_aggravated_forms_are_graded_by_design(tmp_path):
    limbs = selling("a", "Code-s1-v", 60) + selling("b", "Code-s1-v", 240)
    assert not found(tmp_path, TWO, limbs)
    base = selling("a", "Code-s1-v", 60)
    graver = "t:b a om:EnactedOffence ; om:enactedIn t:Code-s2-v ; om:builtOn t:a ." + penalty(
        "b", "Code-s2-v", maximumMonths=240
    )
    assert not found(tmp_path, TWO, section("Code", "s2"), base, graver)


def test_an_offence_whose_penalty_is_not_held_is_not_compared(tmp_path):
    unknown = offence("a", "Code-s1-v", conduct="offering", purpose="prostitution")
    assert not found(tmp_path, TWO, unknown, selling("b", "Special-s1-v", 240))


def test_an_offence_no_longer_in_force_conflicts_with_nothing(tmp_path):
    old = section("Code", "s2", end="2010-01-01")
    law = (TWO, old, selling("a", "Code-s2-v", 60), selling("b", "Special-s1-v", 240))
    assert found(tmp_path, *law, day=date(2009, 12, 31))
    assert not found(tmp_path, *law)


def test_a_pair_of_provisions_has_one_row_an_act_and_it_is_the_farthest(tmp_path):
    limbs = selling("a", "Code-s1-v", 60) + selling("b", "Code-s1-v", 30)
    rows = on(found(tmp_path, TWO, limbs, selling("c", "Special-s1-v", 240)))
    assert [row.apart for row in rows] == [8]


def by_shapes(findings, territory):
    """What the shapes find: for an act and two provisions, in what their penalties differ."""
    quads = overlaps(findings, territory)
    offences = findings.corpus.offences
    pairs = {}
    for quad in quads:
        if quad.predicate.value == om("overlapOf"):
            provision = offences[quad.object.value].version.provision
            pairs.setdefault(quad.subject.value, set()).add(provision)
    told = {}
    shapes = read_shapes(ROOT / "shapes" / "conflicts")
    demands = {
        q.subject.value: q.object.value for q in quads if q.predicate.value == om("overlapOn")
    }
    for row in results(rdf_graph(quads), shapes):
        kind = "term" if row.source.endswith("__term") else row.value.rsplit("/", 1)[-1]
        told.setdefault((demands[row.focus], *sorted(pairs[row.focus])), set()).add(kind)
    return told


WORDS = {
    "death": "death",
    "life": "life imprisonment",
    "minimum": "a minimum",
    "fine-in-place": "a fine in place of imprisonment",
    "term": "the longest term",
}


def by_core(findings, territory):
    offences = findings.corpus.offences
    return {
        (row.requirement.iri, *sorted(offences[s.iri].version.provision for s in row.sides)): {
            kind
            for kind, words in WORDS.items()
            if any(d.startswith(words) for d in row.differences)
        }
        for row in conflicts(findings, territory)
    }


def assert_both_witnesses_agree(findings, territory):
    """Of two provisions the core keeps the offences farthest apart, the shapes keep all."""
    core, shapes = by_core(findings, territory), by_shapes(findings, territory)
    assert core.keys() == shapes.keys()
    for pair, kinds in core.items():
        assert kinds <= shapes[pair]
        assert ("term" in kinds) == ("term" in shapes[pair])
    return core


@pytest.mark.parametrize(
    ("place", "day"),
    [("pk", date(2018, 1, 1)), ("pk-pb", date(2023, 9, 29)), ("pk", date(2026, 11, 24))],
    ids=str,
)
def test_core_and_shapes_find_the_same_conflicts_in_real_law(corpus, day, place):
    assert assert_both_witnesses_agree(Findings(corpus, day), f"{ID}territory/{place}")


@pytest.mark.parametrize("seed", range(6))
def test_core_and_shapes_find_the_same_conflicts_in_law_drawn_by_lot(tmp_path, seed):
    corpus = world(tmp_path, *made_up_law(seed))
    assert_both_witnesses_agree(Findings(corpus, DAY), TESTLAND)


def test_shapes_leave_limbs_and_aggravated_forms_alone(tmp_path):
    law = (TWO, selling("a", "Code-s1-v", 60), selling("b", "Code-s1-v", 240))
    graver = "t:c a om:EnactedOffence ; om:enactedIn t:Special-s1-v ; om:builtOn t:a ." + penalty(
        "c", "Special-s1-v", maximumMonths=240
    )
    built = Findings(world(tmp_path, *law[:2], graver), DAY)
    limbs = Findings(world(tmp_path, *law), DAY)
    assert by_shapes(limbs, TESTLAND) == by_shapes(built, TESTLAND) == {}


def test_an_engine_that_overlooks_a_difference_is_caught(tmp_path, monkeypatch):
    law = (TWO, selling("a", "Code-s1-v", 60), selling("b", "Special-s1-v", 120))
    findings = Findings(world(tmp_path, *law), DAY)
    assert assert_both_witnesses_agree(findings, TESTLAND)
    monkeypatch.setattr("omissus.conflicts.FACTOR", 3)
    with pytest.raises(AssertionError):
        assert_both_witnesses_agree(findings, TESTLAND)


@pytest.fixture(scope="module")
def today(corpus):
    return conflicts(Findings(corpus, date(2026, 11, 24)), FEDERAL)


def test_real_conflicts_come_farthest_first_and_once_for_a_pair_and_an_act(today):
    assert [row.apart for row in today] == sorted((row.apart for row in today), reverse=True)
    keys = [(row.requirement.slug, row.heavier.citation, row.lighter.citation) for row in today]
    assert len(keys) == len(set(keys))
    assert sum(len(group.conflicts) for group in by_pair(today)) == len(today)


def test_buying_a_child_for_prostitution_carries_25_years_or_10_by_the_section_charged(today):
    pairs = {(row.heavier.citation, row.lighter.citation): row for row in today}
    row = pairs["PPC 1860 s 371B", "PTPA 2018 s 3(1)"]
    assert "the longest term is 2.5 times the other" in row.differences


@pytest.mark.parametrize("command", [["conflicts", "--in", "pk-pb"], ["orphans"]])
def test_the_command_line_prints_json_and_plain_text(command):
    command = [*command, "--at", "2023-09-29"]
    printed = CliRunner().invoke(app, [*command, "--json"])
    rows = json.loads(printed.output)
    assert rows
    plain = CliRunner().invoke(app, command)
    assert plain.exit_code == 0
    assert "law as at 2023-09-29" in plain.output
