"""Reports for programs: what `omissus gaps --json` and `omissus explain --json` print."""

from __future__ import annotations

from datetime import date
from typing import Any

from fastapi import APIRouter, Depends, Path, Query, Request, Response
from fastapi.responses import JSONResponse

from omissus import selection
from omissus.http.caching import entity_tag, is_held, not_modified
from omissus.http.days import Day, asked_day
from omissus.http.models import Explanation, Report
from omissus.http.openapi import problem
from omissus.reports import report_data

router = APIRouter(tags=["findings"])

ANSWERS: dict[int | str, dict[str, Any]] = {
    200: {"model": Report},
    304: {"description": "The client holds this answer"},
    400: problem("A name or day that there is not, with those there are"),
}


@router.get("/api/v1/gaps", operation_id="gaps", responses=ANSWERS)
def gaps(
    request: Request,
    issue: str | None = Query(None, description="Paragraph of the list of issues.", examples=["9"]),
    in_: str | None = Query(None, alias="in", description="One territory.", examples=["pk-pb"]),
    victim: str | None = Query(None, description="girls, boys or transgender.", examples=["boys"]),
    day: date = Depends(asked_day),
) -> Response:
    """Which demands the law meets, demand by demand and territory by territory."""
    tag = entity_tag(request, day.isoformat(), str(issue), str(in_), str(victim))
    corpus = request.app.state.corpus
    requirements = selection.by_paragraph(corpus, issue)
    places = selection.territories(corpus, in_)
    sexes = selection.sexes(victim)
    if is_held(request, tag):
        return not_modified(tag)
    known: Day = request.app.state.days.of(day)
    cells = list(known.findings.cells(requirements, places, sexes))
    bases = selection.bases_asked(known.findings, requirements, places[0] if in_ else None)
    return JSONResponse(report_data(known.findings, cells, bases), headers={"ETag": tag})


@router.get(
    "/api/v1/gaps/{id}/explanation",
    operation_id="explanation",
    responses=ANSWERS | {200: {"model": Explanation}, 404: problem("No such finding")},
)
def explanation(
    request: Request,
    name: str = Path(
        alias="id", description="Demand, territory, sex.", examples=["3-1-b-procuring.pk.boy"]
    ),
    day: date = Depends(asked_day),
) -> Response:
    """Why one finding is as it is: the provisions that reach the demand, and what is left over."""
    requirement, place, sex = selection.cell_place(request.app.state.corpus, name)
    tag = entity_tag(request, day.isoformat(), name)
    if is_held(request, tag):
        return not_modified(tag)
    findings = request.app.state.days.of(day).findings
    cell = findings.cell(requirement, place, sex)
    return JSONResponse(report_data(findings, [cell], in_full=True), headers={"ETag": tag})
