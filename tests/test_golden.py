"""Findings on real law change only together with the golden files."""

from __future__ import annotations

import pytest

from tests.golden_files import DAYS, golden, path_of


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_findings_are_those_of_the_golden_file(corpus, day):
    wanted = path_of(day).read_text(encoding="utf-8").splitlines()
    found = golden(corpus, day).splitlines()
    changed = [f"- {old}\n+ {new}" for old, new in zip(wanted, found, strict=False) if old != new]
    remedy = (
        "If the change is right: uv run python -m tests.golden_files, and say why in the commit."
    )
    assert found == wanted, "\n".join([*changed[:5], remedy])
