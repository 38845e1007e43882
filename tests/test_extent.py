"""Where an Act is law may begin and end: findings of a day see the extents of that day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from omissus.coverage import Verdict
from omissus.elements import Reading
from omissus.findings import Findings
from omissus.graph import DataError
from omissus.law import Law
from omissus.regressions import days_of_change, losses_on
from omissus.snapshot import snapshot
from omissus.vocabulary import ID
from tests.worlds import TESTLAND, act, offence, searched, verdict, world

CITED = {
    "CMRA": ID + "akn/pk/act/1929/19",
    "BLSA": ID + "akn/pk/act/1992/3",
    "Punjab BLSA": ID + "akn/pk-pb/act/1992/3",
    "THOTA": ID + "akn/pk/act/2010/6",
}
FULL = {"conduct": "procuring", "purpose": "prostitution"}
PROSTITUTION = searched("prostitution")


def extent(start="2005-01-01", end="2010-01-01", more=""):
    begins = f'eli:first_date_entry_in_force "{start}"^^xsd:date ;' if start else ""
    ends = f'eli:date_no_longer_in_force "{end}"^^xsd:date ;' if end else ""
    return f"""
t:extent a om:Extent ; om:extentOf t:Code ; om:extendsTo territory:pk ; {begins} {ends} {more}
.
"""


def the_law(folder, *law):
    """Testland whose one Act has no undated extent."""
    undated = act("Code").replace(" ; eli:relevant_for territory:pk .", " .")
    assert "relevant_for" not in undated
    return world(folder, undated, offence("o", "Code-s1-v", **FULL), PROSTITUTION, *law)


def test_an_act_is_law_in_a_territory_from_the_first_day_of_its_extent_to_the_last(tmp_path):
    corpus = the_law(tmp_path, extent())
    for day, found in (
        (date(2004, 12, 31), Verdict.NOT_COVERED),
        (date(2005, 1, 1), Verdict.COVERED),
        (date(2009, 12, 31), Verdict.COVERED),
        (date(2010, 1, 1), Verdict.NOT_COVERED),
    ):
        assert verdict(corpus, "3-1-b-procuring", day=day)[0] is found


def test_an_extent_without_a_first_or_last_day_is_open_there(tmp_path):
    early = the_law(tmp_path, extent(start=None))
    assert verdict(early, "3-1-b-procuring", day=date(2001, 1, 1))[0] is Verdict.COVERED
    late = the_law(tmp_path, extent(end=None))
    assert verdict(late, "3-1-b-procuring", day=date(2025, 1, 1))[0] is Verdict.COVERED


def test_an_arguable_extent_holds_on_the_generous_reading_only(tmp_path):
    corpus = the_law(tmp_path, extent(more="om:arguable true ;"))
    assert verdict(corpus, "3-1-b-procuring", day=date(2006, 1, 1)) == (
        Verdict.CONTESTED,
        Verdict.NOT_COVERED,
        Verdict.COVERED,
    )


def test_an_extent_adds_to_the_undated_one_and_takes_nothing_from_it(tmp_path):
    corpus = world(tmp_path, act("Code"), offence("o", "Code-s1-v", **FULL), PROSTITUTION, extent())
    assert verdict(corpus, "3-1-b-procuring", day=date(2020, 1, 1))[0] is Verdict.COVERED


def test_an_extent_that_ends_before_it_begins_is_refused(tmp_path):
    with pytest.raises(DataError, match="ends on 2001-01-01 and begins on 2005-01-01"):
        the_law(tmp_path, extent(end="2001-01-01"))


def test_an_extent_of_nothing_is_refused(tmp_path):
    with pytest.raises(DataError, match="an extent of nothing or to nowhere"):
        the_law(tmp_path, "t:extent a om:Extent ; om:extendsTo territory:pk .")


def test_the_days_on_which_an_extent_begins_and_ends_are_days_of_change(tmp_path):
    days = days_of_change(the_law(tmp_path, extent()), date(2001, 1, 1))
    assert days == (date(2005, 1, 1), date(2010, 1, 1))


def test_acts_lost_with_an_extent_are_told_with_the_act_that_ended_it(tmp_path):
    corpus = the_law(tmp_path, extent(more="om:extentEndedBy t:Other ;"), act("Other"))
    rows = list(losses_on(corpus, TESTLAND, date(2010, 1, 1)))
    assert {row.requirement.slug for row in rows} == {"3-1-b-procuring"}
    assert {row.causes for row in rows} == {("Code 2000 in Federal, ended by Other 2000",)}


@pytest.mark.parametrize("day", [date(2006, 1, 1), date(2012, 1, 1)], ids=str)
def test_the_snapshot_sees_the_same_extents(tmp_path, day):
    corpus = the_law(tmp_path, extent())
    shown = {q.subject.value.rsplit("/", 1)[-1] for q in snapshot(Findings(corpus, day), TESTLAND)}
    assert ("o" in shown) == (day.year == 2006)


@pytest.mark.parametrize(
    ("name", "territory", "last"),
    [
        ("CMRA", "pk-is", date(2025, 5, 29)),
        ("CMRA", "pk-sd", date(2014, 6, 10)),
        ("BLSA", "pk-pb", date(2012, 2, 10)),
    ],
)
def test_a_federal_act_is_law_in_a_territory_until_it_has_its_own(corpus, name, territory, last):
    place = f"{ID}territory/{territory}"
    before, after = Law(corpus, last), Law(corpus, last + timedelta(days=1))
    for reading in Reading:
        assert before.extends_to(CITED[name], place, reading)
        assert not after.extends_to(CITED[name], place, reading)


def test_where_a_province_is_only_reported_to_have_its_own_act_the_federal_one_stays_arguable(
    corpus,
):
    sindh = ID + "territory/pk-sd"
    before, after = Law(corpus, date(2013, 2, 26)), Law(corpus, date(2013, 2, 27))
    assert before.extends_to(CITED["THOTA"], sindh, Reading.STRICT)
    assert not after.extends_to(CITED["THOTA"], sindh, Reading.STRICT)
    assert after.extends_to(CITED["THOTA"], sindh, Reading.GENEROUS)


def test_in_punjab_forced_labour_passes_from_the_federal_act_to_its_own(corpus):
    act_demanded = next(r for r in corpus.requirements if r.slug == "loi-9-forced-labour")
    punjab = ID + "territory/pk-pb"

    def reached(day):
        rows = Findings(corpus, day).cell(act_demanded, punjab, "boy").exhibit.covering
        return {row.citation.split(" s ")[0] for row in rows}

    assert "BLSA 1992" in reached(date(2012, 2, 10))
    assert "BLSA 1992" not in reached(date(2012, 2, 11))
    assert "Punjab BLSA 1992" in reached(date(2012, 2, 11))


def test_a_provision_is_a_reason_only_where_its_act_is_law(tmp_path):
    there = act("Shelter").replace("relevant_for territory:pk .", "relevant_for territory:pk-pb .")
    answer = """
t:answer a om:Answer ; rdfs:label "safe houses"@en ;
    om:enactedIn t:Shelter-s1-v ; om:answers <https://w3id.org/omissus/id/requirement/8-1-f-safety>
.
"""
    findings = Findings(world(tmp_path, there, answer), date(2020, 1, 1))
    demand = next(r for r in findings.corpus.requirements if r.slug == "8-1-f-safety")
    assert not findings.cell(demand, TESTLAND, "girl").exhibit.covering
    cell = findings.cell(demand, ID + "territory/pk-pb", "girl")
    assert [row.label for row in cell.exhibit.covering] == ["safe houses"]
