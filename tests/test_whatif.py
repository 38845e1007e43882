"""Bills: what they change, and what they are refused for."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from omissus.cli.main import app
from omissus.coverage import Verdict
from omissus.elements import Reading
from omissus.graph import DataError, turtle_files
from omissus.whatif import moved, new_conflicts, what_if
from tests.worlds import HEAD, TESTLAND, act, offence, searched, section, world

BILL = Path(__file__).parent / "bills" / "testland-care-bill.ttl"
FULL = {"conduct": "procuring", "purpose": "prostitution"}


def penalty(of, version, months):
    return f"t:{of}-penalty a om:Penalty ; om:penaltyFor t:{of} ; om:enactedIn t:{version} ;" + (
        f" om:maximumMonths {months} ; om:fine fine:none .\n"
    )


def the_law(folder):
    """Girls are protected by the Code; a section on providing will be repealed by the bill."""
    return world(
        folder,
        act("Code"),
        offence("girls", "Code-s1-v", **FULL, victim_sex="girl"),
        penalty("girls", "Code-s1-v", 24),
        act("Old"),
        section("Old", "s2"),
        offence("providing", "Old-s2-v", conduct="providing", purpose="prostitution"),
        searched("prostitution"),
    )


def verdicts(change):
    return {
        (after.requirement.slug, after.sex): (before.verdict, after.verdict)
        for before, after in change.verdicts()
        if after.territory == TESTLAND
    }


def test_a_bill_is_compared_on_the_day_on_which_all_of_it_is_law(tmp_path):
    change = what_if(the_law(tmp_path), BILL)
    assert change.after.day == change.before.day == date(2030, 1, 1)


def test_a_bill_improves_what_the_law_left_over_and_worsens_what_it_repeals(tmp_path):
    found = verdicts(what_if(the_law(tmp_path), BILL))
    assert found["3-1-b-procuring", "boy"] == (Verdict.NOT_COVERED, Verdict.COVERED)
    assert ("3-1-b-procuring", "girl") not in found
    assert found["3-1-b-providing", "girl"] == (Verdict.COVERED, Verdict.NOT_COVERED)


def test_the_acts_a_bill_covers_and_uncovers_are_told(tmp_path):
    told = list(moved(what_if(the_law(tmp_path), BILL)))
    gained = [row for row in told if row.covered and row.requirement.slug == "3-1-b-procuring"]
    assert [row.reading for row in gained] == list(Reading)
    assert all("a boy or transgender" in " ".join(row.acts) for row in gained)
    lost = [row for row in told if not row.covered]
    assert lost[0].requirement.slug == "3-1-b-providing"
    assert lost[0].acts == ("Providing a child for prostitution: in every case.",)


def test_a_conflict_that_a_bill_brings_is_found_and_one_that_there_was_is_not_told_again(tmp_path):
    change = what_if(the_law(tmp_path), BILL)
    found = new_conflicts(change, TESTLAND)
    assert {(row.heavier.citation, row.lighter.citation) for row in found} == {
        ("Care Bill s 1", "Code 2000 s1")
    }
    assert new_conflicts(what_if(the_law(tmp_path), BILL, date(2029, 12, 31)), TESTLAND) == ()


def test_a_bill_changes_nothing_before_its_day_and_leaves_the_data_as_it_is(tmp_path):
    corpus = the_law(tmp_path)
    said = {thing: dict(told) for thing, told in corpus.graph.statements.items()}
    early = what_if(corpus, BILL, date(2029, 12, 31))
    assert list(early.verdicts()) == []
    assert list(what_if(corpus, BILL).verdicts())
    assert corpus.graph.statements == said
    assert "https://w3id.org/omissus/id/testland/Care" not in corpus.graph.statements


@pytest.mark.parametrize(
    ("told", "fault"),
    [
        ("", "a bill that says nothing"),
        ("t:x a om:Instrument ; eli:jurisdiction territory:pkk .", "unknown name"),
        ("t:Code-s1-v eli:first_date_entry_in_force '2031-01-01'^^xsd:date .", "changes what"),
        ("t:girls om:enactedIn t:Old-s2-v .", "changes what"),
        ("t:Ended-v eli:date_no_longer_in_force '2031-01-01'^^xsd:date .", "once more"),
        ("t:x a om:Instrument", "broken Turtle"),
        ('t:x a om:Instrument ; rdfs:label "no day"@en .', "a bill without a day"),
    ],
)
def test_a_bill_that_cannot_be_law_is_refused(tmp_path, told, fault):
    corpus = the_law(tmp_path)
    graph = corpus.graph
    ended = "https://w3id.org/omissus/id/testland/Ended-v"
    graph.add(ended, "http://data.europa.eu/eli/ontology#date_no_longer_in_force", date(2010, 1, 1))
    bill = tmp_path / "bill.ttl"
    bill.write_text(HEAD + told, encoding="utf-8")
    with pytest.raises(DataError, match=fault):
        what_if(corpus, bill)


def test_bills_are_no_law_until_they_are_asked_for(tmp_path):
    bills = tmp_path / "statutes" / "bills"
    bills.mkdir(parents=True)
    (bills / "bill.ttl").write_bytes(BILL.read_bytes())
    (tmp_path / "statutes" / "law.ttl").write_text("# nothing", encoding="utf-8")
    assert turtle_files(tmp_path) == (tmp_path / "statutes" / "law.ttl",)


def run(*arguments):
    return CliRunner().invoke(app, ["whatif", *arguments])


@pytest.fixture
def bill(tmp_path):
    """The invented bill, without the section of Testland that it repeals."""
    path = tmp_path / "bill.ttl"
    path.write_text(BILL.read_text(encoding="utf-8").split("# The section")[0], encoding="utf-8")
    return path


def test_the_command_shows_changed_verdicts_and_new_conflicts(bill):
    shown = run(str(bill), "--in", "pk")
    assert shown.exit_code == 0, shown.output
    assert "With bill.ttl as law. Pakistan: law as at 2030-01-01" in shown.output
    assert "OPSC art 3(1)(b)" in shown.output
    assert "→ ● covered" in shown.output
    assert "New conflicts of penalties, Federal" in shown.output
    assert "Gilgit-Baltistan" not in shown.output


def test_the_command_gives_the_same_to_other_programs(bill):
    data = json.loads(run(str(bill), "--in", "pk", "--json").output)
    assert data["at"] == "2030-01-01"
    changed = {(row["slug"], row["victim_sex"]): row for row in data["verdicts"]}
    assert changed["3-1-b-procuring", "boy"]["after"]["strict_verdict"] == "covered"
    assert data["new_conflicts"]["pk"]
    assert any(row["covered"] for row in data["acts"])
