"""Pages from templates: HTML escaped, undefined names refused, nothing from outside."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

from fastapi import Request
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from omissus import __version__

HERE = Path(__file__).parent
STATIC = HERE / "static"
MACHINE_PATHS = (
    "/api/",
    "/sparql",
    "/query.csv",
    "/graph-store",
    "/dataset.",
    "/void",
    "/data/",
    "/dcat",
    "/.well-known/",
    "/healthz",
    "/readyz",
    "/version",
    "/metrics",
    "/openapi.json",
)

NAMES = ("/id/", "/def")


def long_date(day: date) -> str:
    """A day as a lawyer writes it: 29 September 2023."""
    return f"{day.day} {day:%B} {day.year}"


def capitalised(text: str) -> str:
    """Text with its first letter large and the rest as it is."""
    return text[:1].upper() + text[1:]


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["long_date"] = long_date
    environment.filters["capitalised"] = capitalised
    return environment


def is_page(request: Request) -> bool:
    """Whether a person reads the answer: anything but the paths made for programs.

    Names are asked for by both: there the client says whether it takes a page.
    """
    path = request.url.path
    if path.startswith(NAMES):
        accept = request.headers.get("accept", "*/*")
        return "text/html" in accept or "*/*" in accept
    return not path.startswith(MACHINE_PATHS)


def render(template: str, request: Request, **context: object) -> str:
    """A page, as HTML."""
    corpus = request.app.state.corpus
    return (
        _environment()
        .get_template(template)
        .render(version=__version__, release=corpus.graph.release, **context)
    )
