"""The second witness: SPARQL over the encoding and the coverage engine agree, act by act."""

from __future__ import annotations

import random
from collections import defaultdict
from dataclasses import replace
from datetime import date

import pyoxigraph
import pytest
import rdflib
from rdflib.namespace import SH

from omissus.assessing import SEXES
from omissus.corpus import Corpus
from omissus.coverage import Verdict
from omissus.elements import Reading
from omissus.findings import Findings
from omissus.gap_shapes import GAPS, gap_results, portable
from omissus.shapes import read_shapes
from omissus.snapshot import snapshot
from omissus.vocabulary import ID, om
from tests.shacl_engines import ENGINES, n_triples, pyshacl, told
from tests.tied import Snapshot, disagreements
from tests.worlds import FEDERAL, TESTLAND, act, elements, offence, section, world

DAY = date(2020, 1, 1)
ARTICLE_3_1 = "OPSC art 3(1)"
SEVERITY = {
    "shall": "Violation",
    "may": "Warning",
    "subject-to-national-law": "Warning",
    "guidance": "Info",
}


@pytest.fixture(scope="module")
def findings(corpus: Corpus) -> Findings:
    return Findings(corpus, date.today())


@pytest.fixture(scope="module")
def quads(snapshots, findings: Findings) -> list[pyoxigraph.Quad]:
    return snapshots(findings.day, FEDERAL)


@pytest.fixture(scope="module")
def federal(findings: Findings, quads: list[pyoxigraph.Quad]) -> Snapshot:
    return Snapshot(findings, quads)


def test_both_witnesses_punish_the_same_acts_by_the_same_offences(findings, federal):
    assert disagreements(findings, FEDERAL, federal) == []


@pytest.mark.parametrize("reading", Reading)
@pytest.mark.parametrize("sex", SEXES)
def test_an_unpunished_pattern_is_there_if_and_only_if_the_engine_leaves_some_over(
    findings, federal, sex, reading
):
    victims = findings.corpus.facets.mask(f"{ID}victim-sex/{sex}")[1]
    for requirement in findings.corpus.requirements:
        if requirement.offence:
            left = findings.coverage(requirement, FEDERAL).share(reading, victims)
            unpunished = [
                pattern
                for pattern, demanded in federal.requirement.items()
                if demanded == requirement.iri
                and federal.acts[pattern] & victims
                and not federal.tied[reading][pattern]
            ]
            assert bool(unpunished) == (left is not Verdict.COVERED), requirement.slug


def test_every_act_of_article_3_has_patterns_for_each_sex(findings, federal):
    victims = findings.corpus.facets.field("victim-sex")
    for requirement in findings.corpus.requirements:
        if requirement.offence and requirement.citation.startswith(ARTICLE_3_1):
            shown = {
                federal.acts[p] & victims
                for p, r in federal.requirement.items()
                if r == requirement.iri
            }
            assert len(shown) == len(SEXES)


def test_every_demanded_pattern_is_asked_about_by_a_shape_as_grave_as_the_treaty(findings, federal):
    shapes = read_shapes(findings.corpus.graph.root / GAPS)
    severity = {
        str(asked): str(shapes.value(shape, SH.severity)).rsplit("#", 1)[-1]
        for answer in shapes.subjects(SH.path, rdflib.URIRef(om("punishedBy")))
        for shape in shapes.subjects(SH.property, answer)
        if (answer, SH.minCount, rdflib.Literal(1)) in shapes
        for asked in shapes.objects(shape, SH.targetClass)
    }
    modality = {r.iri: r.modality for r in findings.corpus.requirements}
    for pattern, requirement in federal.requirement.items():
        asked = {severity[c] for c in federal.classes[pattern] if c in severity}
        assert asked == {SEVERITY[modality[requirement]]}, pattern


def asked_for_provisions(shapes: rdflib.Graph) -> dict[str, list[tuple[str, str]]]:
    """Node or class to the shapes that ask if some provision has its content, and how gravely."""
    asked = defaultdict(list)
    for answer in shapes.subjects(SH.path, rdflib.URIRef(om("metInPartBy"))):
        if (answer, SH.minCount, rdflib.Literal(1)) not in shapes:
            continue
        for shape in shapes.subjects(SH.property, answer):
            grave = str(shapes.value(shape, SH.severity)).rsplit("#", 1)[-1]
            for target in (SH.targetNode, SH.targetClass):
                for what in shapes.objects(shape, target):
                    asked[str(what)].append((str(shape), grave))
    return asked


def test_every_demanded_provision_is_asked_about_by_one_shape_as_grave_as_the_treaty(
    findings, quads, federal
):
    asked = asked_for_provisions(read_shapes(findings.corpus.graph.root / GAPS))
    modality = {r.iri: r.modality for r in findings.corpus.requirements}
    staged = {
        q.subject.value: q.object.value for q in quads if q.predicate.value == om("safeguardOf")
    }
    assert staged
    demands = {r.iri for r in findings.corpus.requirements if not r.offence}
    for demand in (demands - set(staged.values())) | staged.keys():
        rows = [row for what in (demand, *federal.classes[demand]) for row in asked[what]]
        grave = [severity for _, severity in rows]
        assert grave == [SEVERITY[modality[staged.get(demand, demand)]]], demand


def test_core_and_shapes_find_the_same_provisions_lacking(findings, quads):
    shapes = read_shapes(findings.corpus.graph.root / GAPS)
    lacking = {shape for rows in asked_for_provisions(shapes).values() for shape, _ in rows}
    found = gap_results(findings, FEDERAL, quads)
    none = {row.requirement for row in found if row.shape in lacking}
    unsure = {row.requirement for row in found if row.name.startswith("contested provision")}
    for demand in findings.corpus.requirements:
        if not demand.offence:
            cell = findings.cell(demand, FEDERAL, "girl")
            assert (demand.slug in none) == (cell.generous is not Verdict.COVERED), demand.slug
            assert (demand.slug in none | unsure) == (cell.strict is not Verdict.COVERED)


def test_the_shapes_find_what_the_engine_leaves_over_and_nothing_else(findings, quads):
    found = gap_results(findings, FEDERAL, quads)
    rows = {row.requirement for row in found if row.name == "uncriminalised act"}
    left = {
        requirement.slug
        for requirement in findings.corpus.requirements
        if requirement.offence
        and requirement.defining
        and requirement.modality == "shall"
        and findings.coverage(requirement, FEDERAL).left[Reading.GENEROUS]
    }
    assert rows == left
    assert all(row.label and row.message and row.severity in SEVERITY.values() for row in found)


def test_both_witnesses_find_the_same_offences_to_name_the_act(findings, quads):
    named = defaultdict(set)
    for quad in quads:
        if quad.predicate.value == om("expressedBy"):
            named[quad.subject.value].add(quad.object.value)
    told = {
        requirement.iri: {
            row.iri
            for sex in SEXES
            for row in findings.cell(requirement, FEDERAL, sex).exhibit.covering
            if row.express
        }
        for requirement in findings.corpus.requirements
        if requirement.defining
    }
    assert any(told.values())
    assert named == {iri: offences for iri, offences in told.items() if offences}


# Testland

PREFIX = "@prefix offender: <https://w3id.org/omissus/id/offender/> .\n"


def of_testland(corpus: Corpus, *slugs: str) -> tuple[Findings, Snapshot]:
    """Findings and snapshot of Testland on a few requirements."""
    few = tuple(r for r in corpus.requirements if r.slug in slugs)
    findings = Findings(replace(corpus, requirements=few), DAY)
    return findings, Snapshot(findings, snapshot(findings, TESTLAND))


def names(findings: Findings) -> set[str]:
    """The shapes that find something about the requirements of Testland."""
    return {row.name for row in gap_results(findings, TESTLAND) if row.requirement}


FULL = {"conduct": "procuring", "purpose": "prostitution"}


def test_an_offence_as_wide_as_the_demand_leaves_the_shapes_silent(tmp_path):
    corpus = world(tmp_path, act("Code", code=True), offence("o", "Code-s1-v", **FULL))
    findings, _ = of_testland(corpus, "3-1-b-procuring")
    assert names(findings) == set()


def test_a_girls_only_offence_shows_as_uncriminalised_and_as_asymmetry(tmp_path):
    corpus = world(
        tmp_path, act("Code", code=True), offence("o", "Code-s1-v", **FULL, victim_sex="girl")
    )
    findings, _ = of_testland(corpus, "3-1-b-procuring")
    assert names(findings) == {
        "uncriminalised act",
        "gender asymmetry",
    }


def test_an_offence_that_says_force_shows_as_means_required(tmp_path):
    corpus = world(
        tmp_path, act("Code", code=True), offence("o", "Code-s1-v", **FULL, means="force")
    )
    findings, _ = of_testland(corpus, "3-1-b-procuring")
    assert "means required of a child victim" in names(findings)


def test_an_offence_that_ends_at_sixteen_shows_as_age_threshold(tmp_path):
    corpus = world(
        tmp_path, act("Code", code=True), offence("o", "Code-s1-v", **FULL, victim_age="16")
    )
    findings, _ = of_testland(corpus, "3-1-b-procuring")
    assert "age threshold below eighteen" in names(findings)


def test_an_open_word_shows_as_contested_only(tmp_path):
    corpus = world(
        tmp_path,
        act("Code", code=True),
        offence("o", "Code-s1-v", conduct="~procuring", purpose="prostitution"),
    )
    findings, _ = of_testland(corpus, "3-1-b-procuring")
    assert names(findings) == {"contested act"}


def test_an_offence_of_a_special_law_shows_as_not_in_the_criminal_code(tmp_path):
    corpus = world(tmp_path, act("Special"), offence("o", "Special-s1-v", **FULL))
    findings, _ = of_testland(corpus, "3-1-b-procuring")
    assert names(findings) == {"not in the Criminal Code"}


def test_the_saved_snapshot_gives_any_engine_the_results_that_the_command_gives(tmp_path):
    corpus = world(tmp_path, act("Code"), offence("o", "Code-s1-v", **FULL, victim_sex="girl"))
    findings = Findings(corpus, DAY)
    quads, root = snapshot(findings, TESTLAND), corpus.graph.root
    saved = told(pyoxigraph.parse(portable(root, quads), format=pyoxigraph.RdfFormat.TURTLE))
    wanted = pyshacl(told(quads), n_triples(*sorted((root / GAPS).glob("*.ttl"))))
    assert wanted
    for engine in ENGINES.values():
        assert engine(saved, saved) == wanted


def test_a_law_of_another_day_is_not_in_the_snapshot(tmp_path):
    corpus = world(
        tmp_path,
        act("Code", code=True),
        section("Code", "s2", start="2000-01-01", end="2010-01-01"),
        offence("o", "Code-s2-v", **FULL),
    )
    _, seen = of_testland(corpus, "3-1-b-procuring")
    assert not any(seen.tied[Reading.GENEROUS].values())
    assert ID + "testland/o" not in seen.classes


def rule(name: str, kind: str, version: str, reaches: str, extra: str = "") -> str:
    return f"""
t:{name} a om:{kind} ; rdfs:label "{name}"@en ; om:enactedIn t:{version} ;
    om:reaches {reaches} ; {extra} .
"""


def made_up_law(seed: int) -> list[str]:
    """A small law drawn by lot: limits, words, built-on offences, rules, penalties, exceptions."""
    lot = random.Random(seed)

    def some(*values: str) -> str:
        chosen = lot.sample(values, lot.randint(1, min(3, len(values))))
        return " ".join(("~" if lot.random() < 0.3 else "") + value for value in chosen)

    def limits() -> dict[str, str]:
        told = {
            "conduct": some(
                "procuring", "obtaining", "term:sells", "term:recruits", "term:provides"
            ),
            "purpose": some("prostitution", "sexual-exploitation", "term:compelled-labour"),
            "means": some("force", "coercion", "no-means"),
            "victim_sex": some("girl", "boy"),
            "victim_age": str(lot.choice((12, 16, 18))),
            "stage": some("completed", "attempted"),
            "offender": some("parent-or-guardian", "intermediary", "legal-person"),
            "consideration": some("for-consideration", "without-consideration"),
        }
        return {k: v for k, v in told.items() if k == "conduct" or lot.random() < 0.4}

    law = [PREFIX, act("Code", code=True), act("Special")]
    for number in range(5):
        home = lot.choice(("Code", "Special"))
        law.append(offence(f"o{number}", f"{home}-s1-v", **limits()))
        if lot.random() < 0.7:
            fine = lot.choice(("alternative", "additional"))
            law.append(
                f"t:p{number} a om:Penalty ; om:penaltyFor t:o{number} ; "
                f"om:enactedIn t:{home}-s1-v ; om:fine fine:{fine} ; "
                f"om:maximumMonths {lot.choice((12, 36, 60))} .\n"
            )
    bases = " , ".join(f"t:o{n}" for n in lot.sample(range(5), lot.randint(1, 2)))
    law.append(
        f't:heir a om:EnactedOffence ; rdfs:label "heir"@en ; om:enactedIn t:Code-s1-v ; '
        f"om:builtOn {bases} .\n" + elements("t:heir", victim_sex=some("girl", "boy"))
    )
    target = lot.choice(("t:Code", "t:Special", "territory:pk", "t:o0"))
    months = f"om:onlyIfPunishableForMonths {lot.choice((24, 48))} ;" if lot.random() < 0.5 else ""
    law += [
        rule("widening", "WideningRule", "Code-s1-v", lot.choice(("t:Code", "territory:pk"))),
        elements("t:widening", victim_age="16"),
        elements("t:widening", kind="Replacement", means=some("no-means", "deception", "force")),
        rule("attempt", "StageRule", "Code-s1-v", target, months),
        elements("t:attempt", kind="Replacement", stage=some("attempted", "participated")),
        rule("abroad", "JurisdictionRule", "Code-s1-v", "t:Code"),
        elements(
            "t:abroad", kind="Replacement", place="abroad", connection=some("offender-national")
        ),
        "t:save a om:Exception ; om:enactedIn t:Code-s1-v ; "
        f"om:exceptionTo t:o{lot.randint(0, 4)} .\n",
        elements("t:save", offender="parent-or-guardian", victim_age="14"),
        "t:unless a om:Exception ; om:enactedIn t:Code-s1-v ; om:exceptionTo t:widening .\n",
        elements("t:unless", victim_sex="boy"),
    ]
    return law
