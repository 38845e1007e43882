"""The pages in Chromium: accessible, without JavaScript too, and silent towards other machines."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser import CHROMIUM, browsing, chromium
from tests.server import running

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed")

VERDICT = "<https://w3id.org/omissus/def%23verdict>"
QUERY = f"SELECT ?finding ?verdict {{ ?finding {VERDICT} ?verdict }} LIMIT 3"
PAGES = [
    "/",
    "/?victim=boys&issue=9&at=2023-09-29",
    "/why/3-1-b-procuring.pk.boy?at=2023-09-29",
    "/doc/akn/pk/act/2018/34/sec_3__subsec_2",
    "/ask",
    "/ask/provisions?victims=victim-sex/boy",
    "/query",
    f"/query?query={QUERY}",
    "/query?query=SELEC",
    "/documentation",
    "/documentation/sparql",
    "/documentation/growing",
    "/why/nothing",
]
WCAG = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    with running(tmp_path_factory.mktemp("cache")) as address:
        yield address


@pytest.fixture(scope="module")
def started():
    with chromium() as started:
        yield started


@pytest.fixture
def browser(started):
    with browsing(started) as browser:
        yield browser


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_accessible_and_asks_nobody_else(address, browser, path):
    browser.page.goto(address + path)
    found = Axe().run(browser.page, options=WCAG)
    assert found.violations_count == 0, found.generate_report()
    assert browser.asked_elsewhere == []


def test_a_page_fits_a_telephone(address, started):
    with browsing(started, width=390, height=844) as browser:
        for path in ("/ask/provisions", "/query", "/doc/akn/pk/act/2018/34"):
            browser.page.goto(address + path)
            wide, seen = browser.page.evaluate(
                "[document.documentElement.scrollWidth, document.documentElement.clientWidth]"
            )
            assert wide <= seen + 1, path


def test_questions_are_answered_without_javascript(address, started):
    with browsing(started, javascript=False) as browser:
        page = browser.page
        page.goto(f"{address}/ask")
        page.get_by_text("Which provisions reach").click()
        page.get_by_label("Victims").select_option("boys")
        page.get_by_label("Law as at").fill("2018-01-01")
        page.get_by_role("button", name="Ask").click()
        assert "PCHTO 2002" in page.locator("table.results").inner_text()
        assert "1 January 2018" in page.locator(".lead").inner_text()
        page.get_by_text("Change the query").click()
        assert "reachedBy" in page.get_by_label("Query").input_value()
        page.get_by_role("button", name="Ask").click()
        assert page.locator("table.results tbody tr").count() > 5


def test_the_editor_asks_our_endpoint_and_shows_the_rows(address, browser):
    browser.page.goto(f"{address}/editor?at=2023-09-29")
    with browser.page.expect_response("**/sparql*") as answered:
        browser.page.locator(".yasqe_queryButton").first.click()
    assert answered.value.status == 200
    assert "at=2023-09-29" in answered.value.url
    browser.page.locator(".yasr table tbody tr").first.wait_for()
    assert browser.page.locator(".yasr table tbody tr").count() > 10
    assert browser.errors == []
    assert browser.asked_elsewhere == []


def test_a_kept_question_opens_in_the_editor(address, browser):
    page = browser.page
    page.goto(f"{address}/editor")
    page.locator("details.kept summary").click()
    page.locator("details.kept a").first.click()
    page.locator(".CodeMirror").first.wait_for()
    assert "# Subject:" in page.locator(".CodeMirror-code").first.inner_text()
