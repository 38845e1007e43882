"""omissus serve."""

from __future__ import annotations

from typing import Annotated

import typer


def serve(
    context: typer.Context,
    port: Annotated[
        int, typer.Option(min=1, max=65535, help="Port on the loopback address.")
    ] = 8000,
) -> None:
    """Serve the matrix, the reports and the SPARQL endpoint on this machine's loopback address."""
    import uvicorn

    from omissus.data import open_corpus
    from omissus.http.app import create_app

    uvicorn.run(create_app(open_corpus(context.obj)), host="127.0.0.1", port=port)
