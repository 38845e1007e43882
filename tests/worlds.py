"""Invented worlds: the real ontology with the law of Testland, which says nothing of real law."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from omissus.corpus import Corpus
from omissus.corpus_reading import read_corpus
from omissus.coverage import Verdict
from omissus.data import data_root
from omissus.elements import Reading
from omissus.findings import Findings
from omissus.graph import load

ROOT = data_root()
TESTLAND = FEDERAL = "https://w3id.org/omissus/id/territory/pk"

HEAD = """
@prefix om: <https://w3id.org/omissus/def#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix eli: <http://data.europa.eu/eli/ontology#> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix facet: <https://w3id.org/omissus/id/facet/> .
@prefix conduct: <https://w3id.org/omissus/id/conduct/> .
@prefix object: <https://w3id.org/omissus/id/object/> .
@prefix purpose: <https://w3id.org/omissus/id/purpose/> .
@prefix means: <https://w3id.org/omissus/id/means/> .
@prefix medium: <https://w3id.org/omissus/id/medium/> .
@prefix stage: <https://w3id.org/omissus/id/stage/> .
@prefix place: <https://w3id.org/omissus/id/place/> .
@prefix consequence: <https://w3id.org/omissus/id/consequence/> .
@prefix connection: <https://w3id.org/omissus/id/connection/> .
@prefix consideration: <https://w3id.org/omissus/id/consideration/> .
@prefix consent: <https://w3id.org/omissus/id/consent/> .
@prefix offender: <https://w3id.org/omissus/id/offender/> .
@prefix victim-sex: <https://w3id.org/omissus/id/victim-sex/> .
@prefix subject: <https://w3id.org/omissus/id/subject/> .
@prefix term: <https://w3id.org/omissus/id/term/> .
@prefix fine: <https://w3id.org/omissus/id/fine/> .
@prefix territory: <https://w3id.org/omissus/id/territory/> .
@prefix agent: <https://w3id.org/omissus/id/agent/> .
@prefix t: <https://w3id.org/omissus/id/testland/> .
"""


def act(name: str, code: bool = False) -> str:
    """A Testland Act with one section, in force from 2000-01-01 without end."""
    return f"""
t:{name} a om:Instrument ; rdfs:label "{name}"@en ; om:citation "{name} 2000" ;
    om:criminalCode {str(code).lower()} ;
    eli:jurisdiction territory:pk ; eli:relevant_for territory:pk .
""" + section(name, "s1")


def section(act_name: str, name: str, start: str = "2000-01-01", end: str | None = None) -> str:
    """A section of a Testland Act and its one version."""
    ends = f'eli:date_no_longer_in_force "{end}"^^xsd:date ;' if end else ""
    return f"""
t:{act_name}-{name} a om:Provision ; om:citation "{act_name} 2000 {name}" ;
    eli:is_part_of t:{act_name} .
t:{act_name}-{name}-v a om:ProvisionVersion ; eli:realizes t:{act_name}-{name} ; {ends}
    eli:first_date_entry_in_force "{start}"^^xsd:date .
"""


def elements(owner: str, kind: str = "Element", **limits: str) -> str:
    """Elements of a set of fact patterns: facet=values; with ~ a value is generous only.

    The victim's age is told as `_ages` says: "12" is below twelve, "12-" from twelve.
    """
    told = ""
    for facet, values in limits.items():
        slug = facet.replace("_", "-")
        told += f"\n{owner}-{slug} a om:{kind} ; om:elementOf {owner} ; om:limits facet:{slug} ;"
        if slug == "victim-age":
            told += _ages(values)
        else:
            for value in values.split():
                name = value.lstrip("~")
                name = name if ":" in name else f"{slug}:{name}"
                told += f" om:{'generouslyAllows' if value[0] == '~' else 'allows'} {name} ;"
        told += "\n.\n"
    return told


def _ages(values: str) -> str:
    """Ages as `from-below~below on the generous reading`, of which each part may be left out."""
    rest, _, wider = values.partition("~")
    low, _, below = rest.rpartition("-")
    told = {"ageFrom": low, "ageBelow": below, "generousAgeBelow": wider}
    return "".join(f" om:{name} {year} ;" for name, year in told.items() if year)


def offence(name: str, version: str, **limits: str) -> str:
    """An enacted offence on a child unless another object is given."""
    limits.setdefault("object", "child")
    return (
        f'\nt:{name} a om:EnactedOffence ; rdfs:label "{name}"@en ; om:enactedIn t:{version} .\n'
        + elements(f"t:{name}", **limits)
    )


def searched(*subjects: str) -> str:
    """A complete search of Testland's law for these subjects."""
    told = " ".join(f"om:searchedFor subject:{subject} ;" for subject in subjects)
    return f"""
t:search a om:SearchRecord ; om:searchedIn territory:pk ; {told} om:complete true .
"""


def world(folder: Path, *law: str) -> Corpus:
    """The corpus of the real ontology and the given law."""
    path = folder / "testland.ttl"
    path.write_text(HEAD + "\n".join(law), encoding="utf-8")
    ontology = sorted((ROOT / "ontology").glob("*.ttl"))
    files = [*ontology, ROOT / "statutes" / "territories.ttl", path]
    return read_corpus(load(ROOT, files))


def verdict(
    corpus: Corpus, slug: str, sex: str = "boy", day: date = date(2020, 1, 1)
) -> tuple[Verdict, Verdict, Verdict]:
    """Verdict, strict and generous, on a requirement in Testland."""
    cell = cell_of(corpus, slug, sex, day)
    return cell.verdict, cell.strict, cell.generous


def cell_of(corpus: Corpus, slug: str, sex: str = "boy", day: date = date(2020, 1, 1)):
    """The finding on a requirement in Testland."""
    requirement = next(r for r in corpus.requirements if r.slug == slug)
    return Findings(corpus, day).cell(requirement, TESTLAND, sex)


def left_over(corpus: Corpus, slug: str, sex: str = "boy") -> tuple[str, ...]:
    """Left-over patterns on the strict reading."""
    return cell_of(corpus, slug, sex).exhibit.left[Reading.STRICT]
