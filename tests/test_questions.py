"""Each competency question, in a lawyer's words, has exactly the answer kept beside it."""

from __future__ import annotations

import pytest

from omissus.asking import SUBJECT
from tests.competency import QUESTIONS, answer


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
