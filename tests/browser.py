"""Chromium as a reader's browser: it reaches this machine only, and notes what it asked for."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from playwright.sync_api import Browser as Chromium
from playwright.sync_api import ConsoleMessage, Page, Route, sync_playwright

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
OPTIONS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


@dataclass
class Browser:
    """A page, what it asked of other machines, and what its console said went wrong."""

    page: Page
    asked_elsewhere: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


@contextmanager
def chromium() -> Iterator[Chromium]:
    """Chromium, started once for all pages."""
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=OPTIONS)
        yield started
        started.close()


@contextmanager
def browsing(
    started: Chromium, javascript: bool = True, width: int = 1366, height: int = 768
) -> Iterator[Browser]:
    """A fresh page. Requests to other machines are noted and go nowhere."""
    context = started.new_context(
        java_script_enabled=javascript, viewport={"width": width, "height": height}
    )
    browser = Browser(context.new_page())

    def looked_at(route: Route) -> None:
        address = route.request.url
        if address.startswith(("http://127.0.0.1:", "data:", "blob:")):
            route.continue_()
        else:
            browser.asked_elsewhere.append(address)
            route.abort()

    def said(message: ConsoleMessage) -> None:
        if message.type == "error":
            browser.errors.append(message.text)

    context.route("**/*", looked_at)
    browser.page.on("pageerror", lambda fault: browser.errors.append(str(fault)))
    browser.page.on("console", said)
    yield browser
    context.close()
