"""omissus serve."""

from __future__ import annotations

from typing import Annotated

import typer


def serve(
    context: typer.Context,
    port: Annotated[int, typer.Option(min=1, max=65535, help="Port to listen on.")] = 8000,
    host: Annotated[
        str, typer.Option(help="Address to listen on; as it is, only this machine reaches it.")
    ] = "127.0.0.1",
    seconds: Annotated[
        float, typer.Option(min=0.2, max=3600, help="Time limit of one SPARQL query.")
    ] = 10.0,
    workers: Annotated[
        int,
        typer.Option(
            min=1,
            max=64,
            help="Short queries that run side by side; long ones may be four times as many.",
        ),
    ] = 2,
    rate: Annotated[
        float | None,
        typer.Option(
            min=0,
            help="Requests per second that one client may send; 0 for any number. "
            "[default: 50, any number where only this machine can ask]",
            show_default=False,
        ),
    ] = None,
    store: Annotated[
        str | None,
        typer.Option(
            envvar="OMISSUS_STORE",
            help="SPARQL query service of another store to ask, loaded by omissus publish.",
        ),
    ] = None,
    log_queries: Annotated[
        bool, typer.Option("--log-queries", help="Write the text of queries into the log.")
    ] = False,
) -> None:
    """Serve the matrix, the reports and the SPARQL endpoint; nothing can be written.

    The log goes to standard error, one line of JSON for each request. /healthz, /readyz, /version
    and /metrics tell how the server is. SIGTERM lets running queries end, within their limit.
    """
    from omissus.data import open_corpus
    from omissus.http.limits import Limits
    from omissus.http.server import Address, serve

    limits = Limits(seconds=seconds, workers=workers, most_workers=4 * workers)
    address = Address(host, port)
    serve(open_corpus(context.obj), address, limits, rate=rate, query_text=log_queries, store=store)
