"""Fact patterns and penalties told in plain English."""

from __future__ import annotations

from collections.abc import Sequence

from omissus.boxes import Box, includes
from omissus.corpus import Penalty, Requirement
from omissus.facets import Facets
from omissus.vocabulary import ID

LEADS = {
    "conduct": "by way of {}",
    "object": "as {}",
    "medium": "{}",
    "movement": "with {}",
    "purpose": "for {}",
    "means": "by {}",
    "consideration": "{}",
    "consent": "where {}",
    "guardian-consent": "where {}",
    "offender": "by {}",
    "stage": "where the act is {}",
    "frequency": "as a {}",
    "place": "{}",
    "connection": "where {}",
    "consequence": "as {}",
}
SINGULAR = {
    ID + "offender/parent-or-guardian": "a parent or guardian",
    ID + "offender/intermediary": "an intermediary",
    ID + "offender/customer": "a customer",
    ID + "offender/husband": "the victim's husband",
    ID + "offender/legal-person": "a legal person",
    ID + "object/visual-real": "a photograph or film of a real child",
    ID + "object/visual-realistic": "a realistic image of no real child",
    ID + "object/drawing": "a drawing, painting or cartoon",
    ID + "object/sound": "a sound recording",
    ID + "object/text": "written text",
    ID + "object/live-performance": "a live performance",
}
NO_MEANS = ID + "means/no-means"


def joined(words: Sequence[str], conjunction: str = "or") -> str:
    """Words in a row: a, b or c."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {conjunction} {words[-1]}"


def ages(mask: int) -> str:
    """Whole years of age told as ranges: 0 to 13, 16 or 17."""
    years = [year for year in range(mask.bit_length()) if mask >> year & 1]
    runs: list[list[int]] = []
    for year in years:
        if runs and runs[-1][-1] == year - 1:
            runs[-1].append(year)
        else:
            runs.append([year])
    told = []
    for run in runs:
        if len(run) > 2:
            told.append(f"{run[0]} to {run[-1]}")
        else:
            told.extend(map(str, run))
    return joined(told)


def _victim(facets: Facets, box: Box, home: Box) -> list[str]:
    sex, age = facets.field("victim-sex"), facets.field("victim-age")
    differs = box ^ home
    if not differs & (sex | age):
        return []
    sexes = [facets.labels[iri] for iri in facets.values(box, "victim-sex")]
    who = "a child" if includes(box, sex) else "a " + joined(sexes)
    if not differs & age:
        return [who]
    return [f"{who} aged {ages(facets.space.mask(box, facets.position['victim-age']))}"]


def _means(facets: Facets, box: Box) -> str:
    values = facets.values(box, "means")
    names = [facets.labels[iri] for iri in values if iri != NO_MEANS]
    if NO_MEANS not in values:
        return "by " + joined(names)
    others = [
        facets.labels[iri]
        for iri in facets.atoms[facets.position["means"]]
        if iri != NO_MEANS and iri not in values
    ]
    without = f"without {joined(others)}" if others else "by whatever means"
    return f"{without}, even by {joined(names)}" if names else without


def fact_pattern(facets: Facets, requirement: Requirement, box: Box, home: Box) -> str:
    """One left-over box as a sentence: the required act, then how these cases differ from it.

    `home` is the required box that holds `box`; a facet is told only where the two differ.
    """
    told = _victim(facets, box, home)
    for slug in facets.slugs:
        if slug in ("victim-sex", "victim-age") or not (box ^ home) & facets.field(slug):
            continue
        if slug == "means":
            told.append(_means(facets, box))
        else:
            names = [SINGULAR.get(i, facets.labels[i]) for i in facets.values(box, slug)]
            told.append(LEADS[slug].format(joined(names)))
    act = requirement.label[0].upper() + requirement.label[1:]
    return f"{act}: {', '.join(told)}." if told else f"{act}: in every case."


def naming(named: Sequence[str], asked: Sequence[str]) -> str | None:
    """Whether an offence names an act, by the labels of the facets on which it is to name it."""
    if not asked:
        return None
    if named == asked:
        return f"names the act, by its {joined(asked, 'and')}"
    wider, missing = "a wider offence that catches the act", [f for f in asked if f not in named]
    if named:
        return f"{wider}: it names the {joined(named, 'and')}, not the {joined(missing)}"
    return f"{wider}: it does not name the {joined(missing)}"


def months(number: int) -> str:
    """A term of imprisonment in words."""
    years, rest = divmod(number, 12)
    parts = [f"{years} year{'s' if years != 1 else ''}"] if years else []
    if rest or not years:
        parts.append(f"{rest} month{'s' if rest != 1 else ''}")
    return " and ".join(parts)


def penalty(found: Penalty | None) -> str:
    """A penalty in one phrase."""
    if found is None:
        return "penalty not encoded: no text held for this version"
    heads = [*(["death"] if found.death else []), *(["life imprisonment"] if found.life else [])]
    if found.maximum_months:
        span = f"up to {months(found.maximum_months)}"
        if found.minimum_months:
            span = f"{months(found.minimum_months)} to {months(found.maximum_months)}"
        elif found.generous_minimum_months:
            span += f" (a minimum of {months(found.generous_minimum_months)} is arguable)"
        heads.append(span)
    told = joined(heads)
    if not told:
        return "a fine only"
    if found.fine == ID + "fine/alternative":
        return f"{told}, or a fine in place of it"
    if found.fine == ID + "fine/additional":
        return f"{told}, and a fine"
    return told
