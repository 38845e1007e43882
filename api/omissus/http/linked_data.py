"""Linked data: each IRI of ours leads to a page or to statements, as the client wants."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import quote, urlencode

from fastapi import APIRouter, Depends, Path, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from markupsafe import Markup

from omissus import selection
from omissus.http.caching import entity_tag, is_held, not_modified
from omissus.http.computed import place
from omissus.http.days import Days, asked_day
from omissus.http.formats import ENDINGS, GRAPHS, content_type
from omissus.http.jobs import Answer, Job
from omissus.http.negotiation import wanted
from omissus.http.openapi import problem, texts
from omissus.http.problems import ProblemError
from omissus.http.rendering import render
from omissus.store import query_text
from omissus.things import thing
from omissus.vocabulary import ID, OM

router = APIRouter(tags=["linked data"])

HTML = "text/html"
FINDING = "finding/"
EXAMPLE = "akn/pk/act/2018/34"
PLACE_OF_THING = "<urn:thing>"
ANSWERS: dict[int | str, dict[str, Any]] = {
    303: {"description": "The page or the statements, by what the client accepts"},
    404: problem("No such thing", or_page=True),
    406: problem("No acceptable media type", or_page=True),
}


@dataclass(frozen=True)
class Named:
    """A thing of ours: its IRI, and for a finding its day and the name it has in addresses."""

    iri: str
    day: date | None = None
    finding: str | None = None


def _unknown(name: str) -> ProblemError:
    detail = f"Nothing here is named <{ID}{name}>. GET /sparql tells what graphs there are."
    return ProblemError(404, "unknown-thing", "Unknown thing", detail)


def named(request: Request, name: str) -> Named:
    """The thing of this name. Raises ProblemError, 404, where there is none."""
    corpus = request.app.state.corpus
    if name.startswith(FINDING):
        day, _, finding = name.removeprefix(FINDING).partition("/")
        try:
            selection.cell_place(corpus, finding)
            return Named(ID + name, date.fromisoformat(day), finding)
        except (selection.UnknownNameError, ValueError):
            raise _unknown(name) from None
    if ID + name not in corpus.graph.statements:
        raise _unknown(name)
    return Named(ID + name)


@router.get(
    "/id/{name:path}",
    operation_id="thing",
    status_code=303,
    responses=ANSWERS,
    response_class=Response,
)
def thing_named(request: Request, name: str = Path(examples=[EXAMPLE])) -> Response:
    """From the name of a thing to its page or, as the client wants, to statements about it."""
    offers = (HTML, *GRAPHS)
    media_type = wanted(request, offers, "A description")
    release = request.app.state.corpus.graph.release
    computed = place(ID + name, release, for_reader=media_type == HTML)
    if computed:
        return RedirectResponse(computed, 303, headers={"Vary": "Accept"})
    found = named(request, name)
    if media_type != HTML:
        to = f"/data/{quote(name)}.{_ending(media_type)}"
    elif found.finding and found.day:
        to = f"/why/{found.finding}?{urlencode({'at': found.day.isoformat()})}"
    else:
        to = f"/doc/{quote(name)}"
    return RedirectResponse(to, 303, headers={"Vary": "Accept"})


@router.get(
    "/def",
    operation_id="ontology",
    status_code=303,
    responses={status: ANSWERS[status] for status in (303, 406)},
    response_class=Response,
)
def ontology(request: Request) -> Response:
    """From the name of the ontology, and so of each of its terms, to the reference or the graph."""
    media_type = wanted(request, (HTML, *GRAPHS), "The ontology")
    graph = urlencode({"graph": OM.rstrip("#")})
    to = "/reference" if media_type == HTML else f"/graph-store?{graph}"
    return RedirectResponse(to, 303, headers={"Vary": "Accept"})


@router.get("/def/{version}", include_in_schema=False)
def version_of_ontology(request: Request, version: str) -> Response:
    """The same, from the name of the version that is held. Raises ProblemError, 404, of others."""
    if version != request.app.version:
        detail = f"This server holds version {request.app.version} of the ontology."
        raise ProblemError(404, "unknown-version", "Unknown version", detail)
    return ontology(request)


def _ending(media_type: str) -> str:
    return next(ending for ending, known in ENDINGS.items() if known == media_type)


async def _statements(request: Request, found: Named, day: date, media_type: str) -> Answer:
    days: Days = request.app.state.days
    store = await days.of(found.day or day).ready_store()
    query = query_text("about").replace(PLACE_OF_THING, f"<{found.iri}>")
    job = Job(str(store), query, results=None, booleans=None, graphs=media_type)
    answer: Answer = await request.app.state.pool.run(job)
    return answer


@router.get(
    "/data/{name:path}.{ending}",
    operation_id="data",
    responses={
        200: {"description": "The statements", "content": texts(GRAPHS)},
        304: {"description": "The client holds this answer"},
        404: problem("No such thing"),
        503: problem("A server that is busy"),
    },
    response_class=Response,
)
async def data(
    request: Request,
    name: str = Path(examples=[EXAMPLE]),
    ending: str = Path(examples=["ttl"], json_schema_extra={"enum": list(ENDINGS)}),
    day: date = Depends(asked_day),
) -> Response:
    """What is said of a thing: Turtle (ttl), N-Triples (nt), JSON-LD (jsonld), RDF/XML (rdf)."""
    if ending not in ENDINGS:
        detail = f"Statements come as {', '.join(f'.{known}' for known in ENDINGS)}."
        raise ProblemError(404, "not-found", "Not found", detail)
    found = named(request, name)
    media_type = ENDINGS[ending]
    tag = entity_tag(request, name, str(found.day or day), media_type)
    if is_held(request, tag):
        return not_modified(tag)
    answer = await _statements(request, found, day, media_type)
    headers = {"ETag": tag, "Content-Type": content_type(media_type)}
    return Response(answer.body, headers=headers)


@router.get("/doc/{name:path}", include_in_schema=False, response_class=HTMLResponse)
async def page(request: Request, name: str, day: date = Depends(asked_day)) -> Response:
    """The page of a thing: its label first, what is said of it, and what speaks of it."""
    found = named(request, name)
    shown = thing(request.app.state.corpus.graph, found.iri)
    if shown is None:  # a finding has a page of its own
        return RedirectResponse(f"/id/{quote(name)}", 303)
    answer = await _statements(request, found, day, ENDINGS["jsonld"])
    embedded = json.dumps(json.loads(answer.body), ensure_ascii=False).replace("<", "\\u003c")
    written = render(
        "thing.html",
        request,
        thing=shown,
        name=quote(name),
        endings=ENDINGS,
        linked_data=Markup(embedded),
        href=address,
    )
    return HTMLResponse(written)


def address(iri: str) -> str | None:
    """Where the page about a thing or a term of ours is, None for those of others."""
    if iri.startswith(ID):
        return f"/doc/{quote(iri.removeprefix(ID))}"
    if iri.startswith(OM):
        return f"/reference#{quote(iri.removeprefix(OM))}"
    return None
