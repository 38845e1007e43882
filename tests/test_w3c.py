"""The W3C's suites of SPARQL 1.1 against the endpoint, case by case."""

from __future__ import annotations

import pytest

from tests.w3c.manifests import folder
from tests.w3c.outcomes import FAILED, PASSED
from tests.w3c.running import DEVIATIONS, every_case, outcomes
from tests.w3c.table import PAGE, table

NOT_HELD = "NO CONFORMANCE DATA: set OMISSUS_CONFORMANCE to a folder of the W3C's suites"
pytestmark = pytest.mark.skipif(folder() is None, reason=NOT_HELD)
SIZES = {"protocol": 34, "service-description": 3}


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    return outcomes(tmp_path_factory.mktemp("w3c"))


@pytest.mark.parametrize("case", every_case(), ids=lambda case: case.id)
def test_a_case_passes_unless_the_engine_is_known_to_deviate(case, found):
    outcome = found[case.id]
    assert (outcome.result == FAILED) == (case.id in DEVIATIONS), outcome.reason


@pytest.mark.parametrize("suite", SIZES)
def test_the_suites_of_the_protocol_pass_whole(suite, found):
    results = [o.result for o in found.values() if o.case.startswith(f"{suite}/")]
    assert results == [PASSED] * SIZES[suite]


def test_the_page_of_the_documentation_tells_what_came_out(found):
    assert PAGE.read_text(encoding="utf-8") == table(found)
