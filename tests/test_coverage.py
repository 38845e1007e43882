"""What covered means: each rule of the model on invented law."""

from __future__ import annotations

from datetime import date

from omissus.coverage import Verdict
from omissus.vocabulary import ID, om
from tests.worlds import (
    act,
    cell_of,
    elements,
    left_over,
    offence,
    searched,
    section,
    verdict,
    world,
)

PROSTITUTION = searched("prostitution", "extradition")
FULL = {"conduct": "procuring", "purpose": "prostitution"}
ABDUCTS = ID + "term/abducts"


def test_an_offence_as_wide_as_the_demand_covers_it(tmp_path):
    corpus = world(tmp_path, act("Code"), offence("o", "Code-s1-v", **FULL), PROSTITUTION)
    assert verdict(corpus, "3-1-b-procuring") == (Verdict.COVERED,) * 3


def test_a_girls_only_offence_leaves_boys_uncovered(tmp_path):
    corpus = world(
        tmp_path,
        act("Code"),
        offence("o", "Code-s1-v", **FULL, victim_sex="girl"),
        PROSTITUTION,
    )
    assert verdict(corpus, "3-1-b-procuring", "girl")[0] is Verdict.COVERED
    assert verdict(corpus, "3-1-b-procuring", "boy")[0] is Verdict.NOT_COVERED


def test_two_acts_are_not_patched_together_facet_by_facet(tmp_path):
    """One Act has the conduct for another purpose, one the purpose with another conduct."""
    corpus = world(
        tmp_path,
        act("One"),
        act("Two"),
        offence("verb", "One-s1-v", conduct="procuring", purpose="forced-labour"),
        offence("aim", "Two-s1-v", conduct="providing", purpose="prostitution"),
        PROSTITUTION,
    )
    assert verdict(corpus, "3-1-b-procuring") == (Verdict.NOT_COVERED,) * 3
    assert verdict(corpus, "3-1-b-providing")[0] is Verdict.COVERED


def test_a_patchwork_across_sex_and_age_leaves_the_corner_over(tmp_path):
    """Girls of any age here, any child below 12 there: a boy of 12 or more is in neither."""
    corpus = world(
        tmp_path,
        act("One"),
        act("Two"),
        offence("girls", "One-s1-v", **FULL, victim_sex="girl"),
        offence("young", "Two-s1-v", **FULL, victim_age="12"),
        PROSTITUTION,
    )
    assert verdict(corpus, "3-1-b-procuring", "boy")[0] is Verdict.PARTLY
    assert left_over(corpus, "3-1-b-procuring", "boy") == (
        "Procuring a child for prostitution: a boy aged 12 to 17.",
    )


def test_two_statutes_together_cover_what_neither_covers_alone(tmp_path):
    corpus = world(
        tmp_path,
        act("Girls"),
        act("Others"),
        offence("girls", "Girls-s1-v", **FULL, victim_sex="girl"),
        offence("others", "Others-s1-v", **FULL, victim_sex="boy transgender"),
        PROSTITUTION,
    )
    for sex in ("girl", "boy", "transgender"):
        assert verdict(corpus, "3-1-b-procuring", sex)[0] is Verdict.COVERED


def test_what_turns_on_the_reading_is_contested(tmp_path):
    corpus = world(
        tmp_path,
        act("Code"),
        offence(
            "o",
            "Code-s1-v",
            **FULL,
            means="force deception coercion ~no-means ~abuse-of-vulnerability",
        ),
        PROSTITUTION,
    )
    assert verdict(corpus, "3-1-b-procuring") == (
        Verdict.CONTESTED,
        Verdict.PARTLY,
        Verdict.COVERED,
    )


def test_without_a_search_nothing_is_called_a_gap(tmp_path):
    corpus = world(tmp_path, act("Code"), offence("o", "Code-s1-v", **FULL, victim_age="16"))
    assert verdict(corpus, "3-1-b-procuring")[0] is Verdict.NOT_ASSESSED


def test_without_a_search_what_is_covered_is_still_covered(tmp_path):
    corpus = world(tmp_path, act("Code"), offence("o", "Code-s1-v", **FULL))
    assert verdict(corpus, "3-1-b-procuring")[0] is Verdict.COVERED


def test_an_option_that_is_not_used_is_no_gap(tmp_path):
    corpus = world(tmp_path, act("Code"), offence("o", "Code-s1-v", **FULL), PROSTITUTION)
    assert verdict(corpus, "4-2-a-national-3-1-b")[0] is Verdict.OPTION_NOT_USED
    assert verdict(corpus, "4-3-not-extradited-3-1-b")[0] is Verdict.NOT_COVERED


def test_an_exception_takes_its_patterns_away(tmp_path):
    exception = """
t:except a om:Exception ; om:exceptionTo t:o ; om:enactedIn t:Code-s1-v .
""" + elements("t:except", victim_age="7")
    corpus = world(
        tmp_path, act("Code"), offence("o", "Code-s1-v", **FULL), exception, PROSTITUTION
    )
    assert left_over(corpus, "3-1-b-procuring") == (
        "Procuring a child for prostitution: a boy aged 0 to 6.",
    )


def test_attempt_is_reached_by_a_rule_and_only_where_the_rule_reaches(tmp_path):
    rule = """
t:rule a om:StageRule ; rdfs:label "attempt"@en ; om:enactedIn t:Code-s1-v ; om:reaches t:Code .
""" + elements("t:rule", kind="Replacement", stage="attempted")
    whole = {"conduct": "offering obtaining procuring providing", "purpose": "prostitution"}
    inside = world(tmp_path, act("Code"), offence("o", "Code-s1-v", **whole), rule, PROSTITUTION)
    assert verdict(inside, "3-2-attempt-3-1-b")[0] is Verdict.COVERED
    outside = world(
        tmp_path,
        act("Code"),
        act("Special"),
        offence("o", "Special-s1-v", **whole),
        rule,
        PROSTITUTION,
    )
    assert verdict(outside, "3-2-attempt-3-1-b")[0] is Verdict.NOT_COVERED


def test_a_jurisdiction_rule_carries_offences_abroad_for_its_tie_only(tmp_path):
    rule = """
t:rule a om:JurisdictionRule ; rdfs:label "nationals"@en ;
    om:enactedIn t:Code-s1-v ; om:reaches t:Code .
""" + elements("t:rule", kind="Replacement", place="abroad", connection="offender-national")
    whole = {"conduct": "offering obtaining procuring providing", "purpose": "prostitution"}
    corpus = world(tmp_path, act("Code"), offence("o", "Code-s1-v", **whole), rule, PROSTITUTION)
    assert verdict(corpus, "4-2-a-national-3-1-b")[0] is Verdict.COVERED
    assert verdict(corpus, "4-2-b-victim-3-1-b")[0] is Verdict.OPTION_NOT_USED


def test_a_fine_in_place_of_prison_makes_gravity_contested(tmp_path):
    whole = {"conduct": "offering obtaining procuring providing", "purpose": "prostitution"}
    penalty = """
t:p a om:Penalty ; om:penaltyFor t:o ; om:enactedIn t:Code-s1-v ; om:maximumMonths 120 ;
    om:fine fine:alternative .
"""
    corpus = world(tmp_path, act("Code"), offence("o", "Code-s1-v", **whole), penalty, PROSTITUTION)
    assert verdict(corpus, "3-3-penalty-3-1-b")[0] is Verdict.CONTESTED


def test_a_repealed_offence_covers_to_its_last_day(tmp_path):
    corpus = world(
        tmp_path,
        act("Code"),
        section("Code", "s2", "2001-01-01", "2010-06-01"),
        offence("o", "Code-s2-v", **FULL),
        PROSTITUTION,
    )
    for day, found in (
        (date(2000, 12, 31), Verdict.NOT_COVERED),
        (date(2001, 1, 1), Verdict.COVERED),
        (date(2010, 5, 31), Verdict.COVERED),
        (date(2010, 6, 1), Verdict.NOT_COVERED),
    ):
        assert verdict(corpus, "3-1-b-procuring", day=day)[0] is found


def test_sells_is_delivering_for_consideration_and_not_offering(tmp_path):
    corpus = world(
        tmp_path,
        act("Code"),
        offence("o", "Code-s1-v", conduct="term:sells", purpose="prostitution"),
        PROSTITUTION,
    )
    assert verdict(corpus, "3-1-b-providing")[0] is Verdict.PARTLY
    assert verdict(corpus, "3-1-b-offering")[0] is Verdict.NOT_COVERED
    assert left_over(corpus, "3-1-b-providing") == (
        "Providing a child for prostitution: without consideration.",
    )


def test_a_derived_offence_shares_the_elements_of_its_base(tmp_path):
    derived = """
t:d a om:EnactedOffence ; rdfs:label "d"@en ; om:enactedIn t:Code-s1-v ; om:builtOn t:o .
""" + elements("t:d", victim_sex="girl")
    corpus = world(tmp_path, act("Code"), offence("o", "Code-s1-v", **FULL), derived, PROSTITUTION)
    assert reached_by(corpus, "girl") == {"o", "d"}
    assert reached_by(corpus, "boy") == {"o"}


def reached_by(corpus, sex):
    return {row.label for row in cell_of(corpus, "3-1-b-procuring", sex).exhibit.covering}


def test_what_is_said_in_full_is_not_taken_for_silence(tmp_path):
    """An offence that names every stage reaches attempt, and one that names companies them."""
    whole = {"conduct": "offering obtaining procuring providing", "purpose": "prostitution"}
    corpus = world(
        tmp_path,
        act("Code"),
        offence(
            "o",
            "Code-s1-v",
            **whole,
            stage="completed attempted participated",
            offender="natural-person legal-person",
        ),
        PROSTITUTION,
    )
    assert verdict(corpus, "3-2-attempt-3-1-b")[0] is Verdict.COVERED
    assert verdict(corpus, "3-4-legal-person-3-1-b")[0] is Verdict.COVERED


def test_silence_of_one_base_does_not_swallow_what_another_says(tmp_path):
    """Built on a wide offence silent on stage and a narrow one that names attempt."""
    whole = {"conduct": "offering obtaining procuring providing", "purpose": "prostitution"}
    derived = """
t:d a om:EnactedOffence ; rdfs:label "d"@en ; om:enactedIn t:Code-s1-v ;
    om:builtOn t:wide, t:narrow .
"""
    corpus = world(
        tmp_path,
        act("Code"),
        section("Code", "s2", "1990-01-01", "1995-01-01"),
        offence("wide", "Code-s2-v", **whole),
        offence("narrow", "Code-s2-v", **whole, victim_sex="boy", stage="completed attempted"),
        derived,
        PROSTITUTION,
    )
    assert verdict(corpus, "3-2-attempt-3-1-b", "boy")[0] is Verdict.COVERED
    assert verdict(corpus, "3-2-attempt-3-1-b", "girl")[0] is Verdict.NOT_COVERED


def test_two_rules_that_widen_work_together(tmp_path):
    def rule(name, facet, values):
        return f"""
t:{name} a om:WideningRule ; rdfs:label "{name}"@en ; om:enactedIn t:Code-s1-v ; om:reaches t:Code .
""" + elements(f"t:{name}", kind="Replacement", **{facet: values})

    corpus = world(
        tmp_path,
        act("Code"),
        offence("o", "Code-s1-v", **FULL, means="force", consent="consent:child-does-not-consent"),
        rule("means", "means", "no-means deception coercion force abuse-of-vulnerability"),
        rule("consent", "consent", "consent:child-consents consent:child-does-not-consent"),
        PROSTITUTION,
    )
    assert verdict(corpus, "3-1-b-procuring")[0] is Verdict.COVERED


def test_an_offence_on_the_generous_reading_only_says_why(tmp_path):
    law = (
        act("Code")
        + offence("luring", "Code-s1-v", conduct="~procuring", purpose="prostitution")
        + 't:luring-conduct om:strictReason "To lure is not to get." ;'
        + ' om:generousReason "Who lures a child gets it." .'
    )
    (row,) = cell_of(world(tmp_path, law), "3-1-b-procuring").exhibit.covering
    (conduct,) = (limit for limit in row.limits if limit.facet == "conduct")
    assert conduct.reasons == ("To lure is not to get.", "Who lures a child gets it.")


def reasons_on(row, facet):
    """The reasons told with the limit of an offence on a facet."""
    (limit,) = (limit for limit in row.limits if limit.facet == facet)
    return limit.reasons


def test_a_word_that_carries_an_act_on_the_generous_reading_only_says_why(tmp_path):
    corpus = world(tmp_path, act("Code"), offence("o", "Code-s1-v", conduct="term:abducts"))
    (row,) = cell_of(corpus, "3-1-a-i-a-accepting").exhibit.covering
    reason = corpus.graph.text(ABDUCTS + "__placement_1", om("reason"))
    assert not row.strict
    assert reasons_on(row, "conduct") == (f"abducts (PPC 1860 s 362): {reason}",)


def test_a_word_tells_no_reason_where_it_surely_carries_the_act(tmp_path):
    corpus = world(
        tmp_path,
        act("Code"),
        offence("o", "Code-s1-v", conduct="term:abducts", purpose="prostitution"),
    )
    (row,) = cell_of(corpus, "3-1-b-obtaining").exhibit.covering
    assert row.strict
    assert not any(limit.reasons for limit in row.limits)


def test_a_word_tells_no_reason_where_another_limit_makes_the_reading(tmp_path):
    """The word reaches the act surely by force; the purpose is what is open."""
    law = (
        act("Code")
        + offence("o", "Code-s1-v", conduct="term:abducts", purpose="~prostitution")
        + 't:o-purpose om:strictReason "Lust is no trade." ; om:generousReason "It may be." .'
    )
    (row,) = cell_of(world(tmp_path, law), "3-1-b-obtaining").exhibit.covering
    assert not row.strict
    assert reasons_on(row, "purpose") == ("Lust is no trade.", "It may be.")
    assert {reason for limit in row.limits for reason in limit.reasons} == {
        "Lust is no trade.",
        "It may be.",
    }
