"""Asking in a browser: forms that need no SPARQL, a plain page for SPARQL, and an editor."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import HTMLResponse

from omissus.asking import Form, forms, kept_questions
from omissus.http.asked import LONGEST_QUERY
from omissus.http.days import Days, asked_day
from omissus.http.jobs import Answer, Job, RefusedError
from omissus.http.linked_data import address
from omissus.http.problems import ProblemError
from omissus.http.rendering import render
from omissus.reports import DISCLAIMER
from omissus.store import query_text
from omissus.things import name_of
from omissus.vocabulary import ID, OM

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

JSON, CSV, TURTLE = "application/sparql-results+json", "text/csv", "text/turtle"
SHOWN_ROWS = 500
EDITOR_POLICY = (
    "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data:; font-src 'self' data:; object-src 'none'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'"
)
"""The editor writes styles into its own page; it loads and asks nothing from elsewhere."""


@dataclass(frozen=True)
class Shown:
    """A value in a table of results: its text, its IRI if it is one, and the page about it."""

    text: str
    iri: str | None
    href: str | None


@dataclass(frozen=True)
class Results:
    """An answer as a page shows it: a table, a yes or no, or statements."""

    heads: tuple[str, ...] = ()
    rows: tuple[tuple[Shown, ...], ...] = ()
    more: int = 0
    truth: bool | None = None
    statements: str | None = None


async def _ask(request: Request, query: str, day: date, results: str) -> Answer:
    if len(query) > LONGEST_QUERY:
        detail = f"A query has at most {LONGEST_QUERY} characters here."
        raise RefusedError(413, "query-too-long", "Query too long", detail)
    days: Days = request.app.state.days
    store = await days.of(day).ready_store()
    pool = request.app.state.pool
    booleans, graphs = (JSON, TURTLE) if results == JSON else (None, None)
    job = Job(str(store), query, results, booleans, graphs, most_bytes=pool.limits.most_bytes)
    answer: Answer = await pool.run(job)
    return answer


def _value(request: Request, told: dict[str, str] | None) -> Shown:
    if told is None:
        return Shown("", None, None)
    value = told["value"]
    if told["type"] != "uri":
        return Shown(value, None, None)
    ours = value.startswith((ID, OM))
    name = name_of(request.app.state.corpus.graph, value) if ours else value
    return Shown(name, value, address(value))


def _results(request: Request, answer: Answer) -> Results:
    if answer.media_type == TURTLE:
        return Results(statements=answer.body.decode("utf-8"))
    found = json.loads(answer.body)
    if "boolean" in found:
        return Results(truth=found["boolean"])
    heads, rows = found["head"]["vars"], found["results"]["bindings"]
    return Results(
        heads=tuple(heads),
        rows=tuple(
            tuple(_value(request, row.get(name)) for name in heads) for row in rows[:SHOWN_ROWS]
        ),
        more=max(0, len(rows) - SHOWN_ROWS),
    )


async def _answered(
    request: Request, query: str, day: date
) -> tuple[Results | None, RefusedError | None]:
    try:
        return _results(request, await _ask(request, query, day, JSON)), None
    except RefusedError as refusal:
        return None, refusal


@router.get("/query")
async def query_page(
    request: Request, query: str = "", day: date = Depends(asked_day)
) -> HTMLResponse:
    """A query and its answer as a table; the address of the page is the link to share."""
    asked = query.strip()
    results, refusal = await _answered(request, asked, day) if asked else (None, None)
    page = render(
        "query.html",
        request,
        query=asked or query_text("verdicts-by-territory"),
        day=day,
        results=results,
        refusal=refusal,
        csv_href=f"/query.csv?{urlencode({'query': asked, 'at': day.isoformat()})}",
        questions=kept_questions(request.app.state.corpus.graph.root),
        disclaimer=DISCLAIMER,
    )
    return HTMLResponse(page, refusal.status if refusal else 200)


@router.get("/query.csv")
async def query_table(request: Request, query: str, day: date = Depends(asked_day)) -> Response:
    """The rows of an answer as CSV."""
    answer = await _ask(request, query, day, CSV)
    headers = {"Content-Disposition": f'attachment; filename="omissus-{day}.csv"'}
    return Response(answer.body, media_type=answer.media_type, headers=headers)


@router.get("/editor")
def editor(request: Request) -> HTMLResponse:
    """An editor for SPARQL that colours and completes, and that needs JavaScript."""
    questions = kept_questions(request.app.state.corpus.graph.root)
    page = render(
        "editor.html", request, questions=questions, example=query_text("verdicts-by-territory")
    )
    return HTMLResponse(page, headers={"Content-Security-Policy": EDITOR_POLICY})


def _form(every: Iterable[Form], name: str) -> Form:
    known = {form.name: form for form in every}
    if name not in known:
        detail = f"There is no question {name!r}. There are {', '.join(known)}."
        raise ProblemError(404, "unknown-question", "Unknown question", detail)
    return known[name]


@router.get("/ask")
def questions(request: Request, day: date = Depends(asked_day)) -> str:
    """The questions that need no SPARQL."""
    return render("questions.html", request, forms=forms(request.app.state.corpus), day=day)


@router.get("/ask/{name}")
async def answer_to(request: Request, name: str, day: date = Depends(asked_day)) -> HTMLResponse:
    """The answer to one of them, with its query."""
    form = _form(forms(request.app.state.corpus), name)
    chosen = form.chosen(dict(request.query_params))
    query = form.asked(chosen)
    results, refusal = await _answered(request, query, day)
    page = render(
        "answer.html",
        request,
        form=form,
        chosen=chosen,
        told=form.told(chosen),
        day=day,
        query=query,
        results=results,
        refusal=refusal,
        prefix=ID,
        csv_href=f"/query.csv?{urlencode({'query': query, 'at': day.isoformat()})}",
        query_href=f"/query?{urlencode({'query': query, 'at': day.isoformat()})}",
        disclaimer=DISCLAIMER,
    )
    return HTMLResponse(page, refusal.status if refusal else 200)
