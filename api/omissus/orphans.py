"""Orphans: references in force to provisions that are gone, or that never were."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from pyoxigraph import Literal, NamedNode, Quad

from omissus.corpus import Corpus, Version
from omissus.graph import DataError
from omissus.vocabulary import LABEL, PART_OF, RDF_TYPE, REALIZES, om

Statement = tuple[str, str, NamedNode | Literal]


@dataclass(frozen=True)
class Orphan:
    """A reference in force on a day to a provision of which no version is.

    `ended` and `ended_by` are the day on which the provision ended and the citation of the Act
    that ended it; both are None where it never existed. `note` is what outlasts a repeal by the
    law of that day.
    """

    iri: str
    citation: str
    since: date
    anchor: str | None
    names: str
    names_iri: str | None
    ended: date | None
    ended_by: str | None
    reason: str | None
    note: str | None

    @property
    def missing(self) -> bool:
        """Whether what the reference names never existed."""
        return self.ended is None

    @property
    def sentence(self) -> str:
        """The finding in one sentence."""
        if self.ended is None:
            return f"{self.citation} names {self.names}, which never existed."
        by = f" by {self.ended_by}" if self.ended_by else ""
        before = ", before these words were law" if self.ended < self.since else ""
        return f"{self.citation} names {self.names}, ended on {self.ended}{by}{before}."


def orphans(corpus: Corpus, day: date) -> tuple[Orphan, ...]:
    """Every orphan of a day, in the order of the citations of the provisions that refer.

    A provision is in force where any version of it or of a part of it is. One that has not begun
    yet is no orphan, for the day encoded is often only the first on which its wording is held;
    nor is one that the Act which names it has itself ended: that is how a repeal is written.
    Raises DataError on a reference that stands in no version, or that names nothing.
    """
    versions = _by_whole(corpus)
    note = _saving_note(corpus, day)
    found = (
        orphan
        for iri in corpus.graph.instances(om("Reference"))
        for orphan in _orphans_of(corpus, versions, iri, day, note)
    )
    return tuple(sorted(found, key=lambda o: (o.citation, o.ended or date.min, o.names)))


def graph_of_day(corpus: Corpus, day: date) -> list[Quad]:
    """References, provisions and versions of one day, for a shape that knows no dates.

    Each version that has begun is in force or not; those still to come are left out.
    """
    found = [*_references(corpus), *_standing(corpus, day)]
    return [Quad(NamedNode(s), NamedNode(p), o) for s, p, o in dict.fromkeys(found)]


def _references(corpus: Corpus) -> Iterator[Statement]:
    source = corpus.graph
    for reference in source.instances(om("Reference")):
        yield reference, RDF_TYPE, NamedNode(om("Reference"))
        if version := corpus.versions.get(source.iri(reference, om("pinpoint")) or ""):
            words = source.text(reference, om("anchor"))
            told = f'{version.citation}: "{words}"' if words else version.citation
            yield reference, LABEL, Literal(told, language="en")
        for link in (om("pinpoint"), om("refersTo")):
            for value in source.iris(reference, link):
                yield reference, link, NamedNode(value)
        for name in source.values(reference, om("refersToMissing")):
            yield reference, om("refersToMissing"), Literal(str(name))


def _standing(corpus: Corpus, day: date) -> Iterator[Statement]:
    for version in corpus.versions.values():
        if version.start > day:
            continue
        yield version.iri, om("inForce"), Literal(version.in_force(day))
        yield version.iri, REALIZES, NamedNode(version.provision)
        if version.ended_by and not version.in_force(day):
            yield version.iri, om("endedBy"), NamedNode(version.ended_by)
        for part, whole in _steps(corpus, version.provision):
            yield part, PART_OF, NamedNode(whole)


def _steps(corpus: Corpus, provision: str) -> Iterator[tuple[str, str]]:
    """Each part and its whole, from a provision up to its instrument."""
    here = provision
    while whole := corpus.graph.iri(here, PART_OF):
        yield here, whole
        here = whole


def _by_whole(corpus: Corpus) -> dict[str, list[Version]]:
    """The versions of each provision and instrument, those of its parts included."""
    found: dict[str, list[Version]] = {}
    for version in corpus.versions.values():
        wholes = (whole for _, whole in _steps(corpus, version.provision))
        for iri in (version.provision, *wholes):
            found.setdefault(iri, []).append(version)
    return found


def _saving_note(corpus: Corpus, day: date) -> str | None:
    notes = [
        f"{version.citation}: {text}"
        for version in corpus.versions.values()
        if version.in_force(day)
        and (text := corpus.graph.text(version.iri, om("savingNote"))) is not None
    ]
    return " ".join(notes) or None


def _orphans_of(
    corpus: Corpus, versions: dict[str, list[Version]], iri: str, day: date, note: str | None
) -> Iterator[Orphan]:
    graph = corpus.graph
    by = corpus.versions.get(graph.iri(iri, om("pinpoint")) or "")
    if by is None:
        remedy = "Add om:pinpoint, the version of the provision that refers."
        raise DataError(graph.where(iri), "a reference that stands in no version", remedy)
    targets, missing = graph.iris(iri, om("refersTo")), graph.values(iri, om("refersToMissing"))
    if not targets and not missing:
        remedy = "Add om:refersTo, or om:refersToMissing where there is no such provision."
        raise DataError(graph.where(iri), "a reference that names nothing", remedy)
    if not by.in_force(day):
        return

    def orphan(names: str, target: str | None, last: Version | None) -> Orphan:
        ended_by = last.ended_by if last else None
        return Orphan(
            iri=iri,
            citation=by.citation,
            since=by.start,
            anchor=graph.text(iri, om("anchor")),
            names=names,
            names_iri=target,
            ended=last.end if last else None,
            ended_by=corpus.citation(ended_by) if ended_by else None,
            reason=graph.text(iri, om("reason")),
            note=note if last else None,
        )

    for name in missing:
        yield orphan(str(name), None, None)
    for target in targets:
        last = _last_ended(versions.get(target, []), by.instrument, day)
        if last:
            yield orphan(corpus.citation(target), target, last)


def _last_ended(versions: list[Version], referring: str, day: date) -> Version | None:
    """The version that ended last, where none is in force and the referring Act ended none."""
    begun = [version for version in versions if version.start <= day]
    ended = [version for version in begun if not version.in_force(day)]
    if len(ended) < len(begun) or any(version.ended_by == referring for version in ended):
        return None
    return max(ended, key=lambda version: version.end or date.min, default=None)
