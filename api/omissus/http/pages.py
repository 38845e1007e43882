"""The pages: the matrix, and for each of its cells the reasons."""

from __future__ import annotations

from datetime import date
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse

from omissus import selection
from omissus.assessing import SEXES
from omissus.elements import Reading
from omissus.findings import Cell
from omissus.http.days import Days, asked_day
from omissus.http.formats import ENDINGS
from omissus.http.linked_data import address
from omissus.http.matrix import act_rows, columns, counts, families, mark, style_of
from omissus.http.rendering import long_date, render
from omissus.jurisdiction import BASES
from omissus.obligation import by_words, split
from omissus.reports import DISCLAIMER, SEX_LABELS, SYMBOLS, act, family

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

SHOWN_SENTENCES = 4
DAYS_TO_COMPARE = (date(2018, 1, 1), date(2023, 9, 29))


@router.get("/")
def matrix(
    request: Request,
    victim: str | None = None,
    issue: str | None = None,
    day: date = Depends(asked_day),
) -> str:
    """The matrix of demands by territory, on the law of a day."""
    corpus = request.app.state.corpus
    known = request.app.state.days.of(day)
    sexes = selection.sexes(victim or None)
    requirements = selection.by_paragraph(corpus, issue or None)
    slugs = {requirement.slug for requirement in requirements}
    cells = [c for c in known.cells() if c.requirement.slug in slugs and c.sex in sexes]
    jurisdiction = any(r.citation.startswith("OPSC art 4") for r in requirements)
    asked = {"at": day.isoformat(), "issue": issue, "victim": victim}
    return render(
        "matrix.html",
        request,
        day=day,
        victim=victim or "",
        issue=issue or "",
        victims=list(selection.VICTIMS),
        issues=selection.paragraphs(corpus),
        demands=len(requirements),
        columns=columns(corpus, corpus.territories),
        families=families(cells, day),
        counts=counts(cells),
        total=len(cells),
        bases=BASES,
        acts=act_rows(known.federal_bases()) if jurisdiction else (),
        not_assessed=sum(cell.verdict.value == "not assessed" for cell in cells),
        doubts=known.findings.doubts(),
        disclaimer=DISCLAIMER,
        json_href="/api/v1/gaps?" + urlencode({k: v for k, v in asked.items() if v}),
    )


@router.get("/why/{name}")
def why(request: Request, name: str, day: date = Depends(asked_day)) -> str:
    """Why one finding is as it is: the demand, what reaches it, what is left over."""
    corpus = request.app.state.corpus
    requirement, place, sex = selection.cell_place(corpus, name)
    days: Days = request.app.state.days
    findings = days.of(day).findings
    cell = findings.cell(requirement, place, sex)

    def here(other: Cell) -> bool:
        return other.id == cell.id

    same_sex = [findings.cell(requirement, place, other) for other in SEXES]
    same_place = [findings.cell(requirement, other, sex) for other in corpus.territories]
    other_days = sorted({*DAYS_TO_COMPARE, date.today()} - {day})
    return render(
        "why.html",
        request,
        day=day,
        cell=cell,
        endings=ENDINGS,
        href=address,
        family=family(requirement),
        act=act(requirement),
        who=SEX_LABELS[sex],
        place=corpus.label(place),
        verdict_style=style_of(cell.verdict),
        symbol=SYMBOLS[cell.verdict],
        mark=mark(cell, day),
        by_words=by_words,
        shown=SHOWN_SENTENCES,
        demanded=split(corpus, requirement, cell.exhibit.covering),
        readings=[(r.value, cell.exhibit.left[r], cell.exhibit.hidden[r]) for r in Reading],
        by_sex=[(SEX_LABELS[c.sex], mark(c, day), here(c)) for c in same_sex],
        by_place=[(corpus.label(c.territory), mark(c, day), here(c)) for c in same_place],
        by_day=[
            (long_date(d), mark(days.of(d).findings.cell(requirement, place, sex), d), False)
            for d in other_days
        ],
        doubts=findings.doubts(),
        disclaimer=DISCLAIMER,
        back_href=f"/?{urlencode({'at': day.isoformat()})}#{requirement.slug}",
        json_href=f"/api/v1/gaps/{cell.id}/explanation?{urlencode({'at': day.isoformat()})}",
    )
