"""The description of the interface (OpenAPI 3.1): what every answer may be, by its names and forms.

The framework describes parameters and models; here it is told what it cannot know: how problems
are told, what every request may be refused for, and which names the corpus has.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from fastapi import FastAPI

from omissus import selection
from omissus.corpus import Corpus
from omissus.http import models

PROBLEM = "application/problem+json"
PAGE = "text/html"
TEXT = {"type": "string"}
JSON = {"type": ["object", "array"]}
NAMED_PROBLEM = {"schema": {"$ref": "#/components/schemas/Problem"}}
NEVER_SENT = ("HTTPValidationError", "ValidationError")
"""The framework's own form of refusals; ours are problems."""

REFUSED = {
    "400": "A parameter that is malformed, or names what there is not",
    "414": "The address is too long",
    "429": "This client asks too often",
    "431": "The headers are too large",
}


def problem(told: str, or_page: bool = False) -> dict[str, Any]:
    """A refusal, told to programs and, where people ask too, as a page."""
    content: dict[str, Any] = {PROBLEM: {}}
    if or_page:
        content[PAGE] = {"schema": TEXT}
    return {"description": told, "content": content}


def texts(media_types: Iterable[str]) -> dict[str, Any]:
    """The content of an answer that comes in one of these media types, JSON or text."""
    return {name: {"schema": JSON if name.endswith("json") else TEXT} for name in media_types}


def names(corpus: Corpus) -> dict[str, list[str]]:
    """The names that a parameter takes, where the corpus tells them."""
    return {
        "issue": list(selection.paragraphs(corpus)),
        "in": [corpus.slug(iri) for iri in corpus.territories],
        "victim": list(selection.VICTIMS),
    }


def install(app: FastAPI, corpus: Corpus) -> None:
    """Let the application describe itself in full when first asked."""
    framework = app.openapi

    def described() -> dict[str, Any]:
        if not app.openapi_schema:
            app.openapi_schema = _completed(framework(), names(corpus))
        return app.openapi_schema

    app.openapi = described  # type: ignore[method-assign]


def _operations(description: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for path in description["paths"].values():
        yield from path.values()


def _completed(description: dict[str, Any], known: Mapping[str, list[str]]) -> dict[str, Any]:
    schemas = description["components"]["schemas"]
    for name in NEVER_SENT:
        schemas.pop(name, None)
    schemas["Problem"] = models.Problem.model_json_schema()
    for name, schema in schemas.items():  # from which the framework left out what is null
        schema["examples"] = getattr(models, name).model_json_schema()["examples"]
    for operation in _operations(description):
        answers = operation["responses"]
        answers.pop("422", None)
        for status, told in REFUSED.items():
            if status != "400" or operation.get("parameters"):
                answers.setdefault(status, problem(told))
        for answer in answers.values():
            if PROBLEM in answer.get("content", {}):
                answer["content"][PROBLEM] = NAMED_PROBLEM
        for parameter in operation.get("parameters", ()):
            parameter["schema"] = _present(parameter["schema"])
            if parameter["in"] == "query" and parameter["name"] in known:
                parameter["schema"]["enum"] = known[parameter["name"]]
    return description


def _present(schema: dict[str, Any]) -> dict[str, Any]:
    """A schema without null, which no address can carry."""
    kinds: list[dict[str, Any]] = [
        kind for kind in schema.get("anyOf", ()) if kind != {"type": "null"}
    ]
    if len(kinds) != 1:
        return schema
    return kinds[0] | {name: told for name, told in schema.items() if name != "anyOf"}
