"""The documentation: pages in Markdown beside this module, shown as pages of the server."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse
from markupsafe import Markup

from omissus.http.problems import ProblemError
from omissus.http.rendering import render

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

FOLDER = Path(__file__).with_suffix("")


@cache
def titles() -> dict[str, str]:
    """Each page by its name, with its title, which is its first line."""
    return {
        path.stem: path.read_text(encoding="utf-8").partition("\n")[0].removeprefix("# ")
        for path in sorted(FOLDER.glob("*.md"))
    }


@router.get("/documentation")
def contents(request: Request) -> str:
    """What pages there are."""
    return render("contents.html", request, titles=titles())


@router.get("/documentation/{name}")
def page(request: Request, name: str) -> str:
    """A page. Raises ProblemError, 404, where there is none of the name."""
    from markdown_it import MarkdownIt  # only who reads the documentation waits for it

    if name not in titles():
        detail = f"There is no page {name!r}. There are {', '.join(titles())}."
        raise ProblemError(404, "unknown-page", "Unknown page", detail)
    text = (FOLDER / f"{name}.md").read_text(encoding="utf-8")
    written = MarkdownIt("commonmark", {"html": False}).enable("table").render(text)
    return render("documentation.html", request, title=titles()[name], text=Markup(written))
