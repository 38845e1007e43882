"""The reference of terms as pages, with a place for each term of the ontology."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from omissus import reference
from omissus.http.problems import ProblemError
from omissus.http.rendering import render
from omissus.reference_entries import Page
from omissus.usage import counts

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

FIRST = "terms"
SHOWN = 8
"""Names of one fact that are shown at once; the rest opens."""


@router.get("/reference")
def terms(request: Request) -> str:
    """Classes and properties: the page to which the namespace of the ontology leads."""
    return _shown(request, FIRST)


@router.get("/reference/{name}")
def page(request: Request, name: str) -> str:
    """Another page of the reference. Raises ProblemError, 404, where there is none of the name."""
    return _shown(request, name)


def _shown(request: Request, name: str) -> str:
    known = _pages(request)
    if name not in known:
        detail = f"There is no page {name!r}. There are {', '.join(known)}."
        raise ProblemError(404, "unknown-page", "Unknown page", detail)
    links = {
        iri: f"{_path(slug)}#{anchor}"
        for iri, (slug, anchor) in reference.places(known.values()).items()
    }
    others = [(other.title, _path(slug), slug == name) for slug, other in known.items()]
    return render(
        "reference.html",
        request,
        page=known[name],
        pages=others,
        links=links,
        shown=SHOWN,
        counts=counts,
    )


def _path(slug: str) -> str:
    return "/reference" if slug == FIRST else f"/reference/{slug}"


def _pages(request: Request) -> dict[str, Page]:
    """The pages by name, gathered when the first of them is asked for."""
    state = request.app.state
    if not hasattr(state, "reference"):
        state.reference = {page.slug: page for page in reference.pages(state.corpus)}
    known: dict[str, Page] = state.reference
    return known
