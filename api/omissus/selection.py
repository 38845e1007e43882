"""What is asked of the findings, checked against what the corpus has: for every way in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches

from omissus.assessing import SEXES
from omissus.corpus import Corpus, Requirement
from omissus.findings import Findings
from omissus.jurisdiction import BaseFinding, bases_of_jurisdiction

VICTIMS = {"girls": "girl", "boys": "boy", "transgender": "transgender"}
SHOWN_NAMES = 12


@dataclass(eq=False)
class UnknownNameError(Exception):
    """A name that the corpus does not have, with the names it has."""

    kind: str
    given: str
    known: tuple[str, ...]

    @property
    def suggestions(self) -> tuple[str, ...]:
        """The names most like the one given, or the first ones where none is like it."""
        near = get_close_matches(self.given, self.known, n=3)
        return tuple(near) or self.known[:SHOWN_NAMES]

    def __str__(self) -> str:
        return f"no {self.kind} {self.given!r}; try {', '.join(self.suggestions)}"


def _unknown(kind: str, given: str, known: Iterable[str]) -> UnknownNameError:
    return UnknownNameError(kind, given, tuple(dict.fromkeys(known)))


def territories(corpus: Corpus, wanted: str | None) -> tuple[str, ...]:
    """The IRIs of the territories asked for, all where none is. Raises UnknownNameError."""
    if wanted is None:
        return corpus.territories
    known = {corpus.slug(iri): iri for iri in corpus.territories}
    if wanted not in known:
        raise _unknown("territory", wanted, known)
    return (known[wanted],)


def paragraphs(corpus: Corpus) -> tuple[str, ...]:
    """The paragraphs of the list of issues that findings answer."""
    known = {p for r in corpus.requirements for p in r.paragraphs}
    return tuple(sorted(known, key=lambda paragraph: (len(paragraph), paragraph)))


def by_paragraph(corpus: Corpus, issue: str | None) -> tuple[Requirement, ...]:
    """The requirements that answer a paragraph of the list of issues, all where none is asked.

    Raises UnknownNameError.
    """
    if issue is None:
        return corpus.requirements
    found = tuple(r for r in corpus.requirements if issue in r.paragraphs)
    if not found:
        raise _unknown("paragraph", issue, paragraphs(corpus))
    return found


def named(corpus: Corpus, name: str) -> tuple[Requirement, ...]:
    """The requirements with this short name, citation or citation without `OPSC art`.

    Raises UnknownNameError.
    """
    wanted = name.casefold().removeprefix("opsc art ").removeprefix("art ").strip()
    found = tuple(
        r
        for r in corpus.requirements
        if wanted in (r.slug.casefold(), r.citation.casefold().removeprefix("opsc art "))
    )
    if not found:
        known = [*(r.slug for r in corpus.requirements), *(r.citation for r in corpus.requirements)]
        raise _unknown("requirement", name, known)
    return found


def sexes(victim: str | None) -> tuple[str, ...]:
    """The sexes of the victims asked for as girls, boys or transgender, all where none is.

    Raises UnknownNameError.
    """
    if victim is None:
        return SEXES
    if victim not in VICTIMS:
        raise _unknown("victims", victim, VICTIMS)
    return (VICTIMS[victim],)


def cell_place(corpus: Corpus, name: str) -> tuple[Requirement, str, str]:
    """Requirement, territory and sex of the finding of a name such as 3-1-b-procuring.pk.boy.

    Raises UnknownNameError.
    """
    slug, _, rest = name.partition(".")
    place, _, sex = rest.partition(".")
    by_slug = {requirement.slug: requirement for requirement in corpus.requirements}
    by_place = {corpus.slug(iri): iri for iri in corpus.territories}
    if slug not in by_slug or place not in by_place or sex not in SEXES:
        known = (
            f"{s}.{p}.{x}"
            for s in (get_close_matches(slug, by_slug, n=3) or list(by_slug)[:1])
            for p in ([place] if place in by_place else by_place)
            for x in ([sex] if sex in SEXES else SEXES)
        )
        raise _unknown("finding", name, known)
    return by_slug[slug], by_place[place], sex


def bases_asked(
    findings: Findings, requirements: Iterable[Requirement], territory: str | None
) -> tuple[BaseFinding, ...]:
    """Bases of jurisdiction Act by Act, where the requirements asked for ask about jurisdiction."""
    if not any(r.citation.startswith("OPSC art 4") for r in requirements):
        return ()
    return bases_of_jurisdiction(findings, territory or findings.corpus.states[0].iri)
