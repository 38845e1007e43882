"""A term of the ontology that no question asks by and no shape looks at is not needed."""

from __future__ import annotations

import re
from pathlib import Path

from omissus.data import data_root
from omissus.store import QUERIES
from tests.competency import QUESTIONS

NAME = re.compile(r"\bom:(\w+)")
DECLARED = re.compile(r"^om:(\w+)\n    a owl:", re.MULTILINE)
ONTOLOGY = sorted((data_root() / "ontology").glob("*.ttl"))
SHAPES = sorted((data_root() / "shapes").rglob("*.ttl"))
RULES = sorted((QUERIES / "snapshot").glob("*.rq"))
"""The SPARQL rules that make the graphs that shapes look at: what they read, a shape asks about."""


def unused(asking: list[Path]) -> set[str]:
    """The terms that the ontology declares and that stand in none of some files."""
    declared = {name for path in ONTOLOGY for name in DECLARED.findall(path.read_text("utf-8"))}
    assert len(declared) > 200
    return declared - {name for path in asking for name in NAME.findall(path.read_text("utf-8"))}


def test_every_term_is_used_by_a_question_or_a_shape():
    assert unused([*QUESTIONS, *SHAPES, *RULES]) == set()


def test_a_term_that_only_one_question_asks_by_is_missed_without_it():
    without = [path for path in QUESTIONS if path.stem != "60-after-a-repeal"]
    assert unused([*without, *SHAPES, *RULES]) == {"savingNote"}
