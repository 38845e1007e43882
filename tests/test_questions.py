"""Each competency question, in a lawyer's words, has exactly the answer kept beside it."""

from __future__ import annotations

import pytest

from omissus.asking import SUBJECT
from omissus.graph import Graph
from omissus.vocabulary import om
from tests.competency import QUESTIONS, answer, asked_in

OPSC = "OPSC art "


@pytest.fixture(scope="module")
def graph(corpus) -> Graph:
    return corpus.graph


@pytest.fixture(scope="module")
def asked() -> frozenset[str]:
    return frozenset().union(*map(asked_in, QUESTIONS))


def paragraphs(graph: Graph) -> set[str]:
    """Paragraphs of the list of issues that law can answer: none says that it is beyond law."""
    questions = graph.instances(om("Question"))
    return {
        citation
        for question in questions
        if not graph.text(question, om("reason"))
        if (citation := graph.text(question, om("citation")))
    }


def demands(graph: Graph) -> set[str]:
    """Provisions of the treaty that demand something of the law."""
    cited = (
        graph.text(source, om("citation")) or ""
        for kind in ("RequiredOffence", "RequiredProvision")
        for requirement in graph.instances(om(kind))
        for source in graph.iris(requirement, om("demandedBy"))
    )
    return {citation for citation in cited if citation.startswith(OPSC)}


def within(citation: str, wider: str) -> bool:
    """Whether a provision is another one or a part of it."""
    return citation.startswith(wider) and not citation[len(wider) :][:1].isdigit()


def unasked(wanted: set[str], asked: frozenset[str]) -> set[str]:
    """What no question belongs to."""
    return {c for c in wanted if not any(within(c, wider) for wider in asked)}


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda path: path.stem)
def test_a_question_has_its_answer(question):
    wanted = question.with_suffix(".csv").read_text(encoding="utf-8")
    assert answer(question) == wanted


def test_each_question_opens_with_a_question():
    for question in QUESTIONS:
        first = question.read_text(encoding="utf-8").splitlines()[0]
        assert first.startswith("# "), question.name
        assert first.endswith("?"), question.name


def test_each_question_names_its_subject():
    for question in QUESTIONS:
        assert SUBJECT.search(question.read_text(encoding="utf-8")), question.name


def test_each_paragraph_that_law_can_answer_has_a_question(graph, asked):
    assert len(paragraphs(graph)) > 5
    assert unasked(paragraphs(graph), asked) == set()


def test_each_demand_of_the_treaty_has_a_question(graph, asked):
    assert len(demands(graph)) > 30
    assert unasked(demands(graph), asked) == set()


def test_a_question_belongs_to_what_asks_for_something(graph, asked):
    known = paragraphs(graph) | demands(graph)
    assert {c for c in asked if not any(within(one, c) for one in known)} == set()


def test_a_paragraph_and_a_demand_without_a_question_are_missed(graph, asked):
    for citation in sorted(paragraphs(graph) | {"OPSC art 3(3)", "OPSC art 8(2)"}):
        others = frozenset(c for c in asked if not within(citation, c))
        assert unasked(paragraphs(graph) | demands(graph), others) >= {citation}
