"""omissus statistics: the tables of figures that paragraph 2 of the list of issues asks for."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from omissus.statistics import Check
    from omissus.statistics_codes import Structure
    from omissus.statistics_gaps import Lacking

EXIT_LACKING = 1
EXIT_DATA = 3

HELP = """
The figures that paragraph 2 of the list of issues asks for: empty tables, codes, and a check.

Examples:

  omissus statistics template sale-prostitution --save table.csv

  omissus statistics codes offence

  omissus statistics check table.csv
"""

app = typer.Typer(help=HELP, no_args_is_help=True, rich_markup_mode="markdown")

LastYear = Annotated[
    int | None,
    typer.Option("--last-year", min=2002, help="The last of the three years asked about."),
]


@app.command("check")
def check(
    context: typer.Context,
    files: Annotated[
        list[Path], typer.Argument(exists=True, dir_okay=False, help="CSV tables, taken together.")
    ],
    offence: Annotated[
        list[str] | None,
        typer.Option("--offence", help="Measure against this offence alone; may be repeated."),
    ] = None,
    last_year: LastYear = None,
    save: Annotated[
        Path | None,
        typer.Option(dir_okay=False, help="Save the figures as an RDF Data Cube, in Turtle."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Say what the tables lack. Exit 0 complete, 1 breakdowns lacking, 3 faults in the tables."""
    from rich.console import Console

    from omissus import statistics
    from omissus.statistics_codes import read_structure
    from omissus.statistics_table import TableError

    named = _offences(read_structure(context.obj), offence or [], "--offence")
    try:
        with Console(stderr=True).status("reading the tables"):
            found = statistics.check(files, context.obj, named, last_year)
    except TableError as broken:
        for fault in broken.faults:
            typer.echo(f"error: {fault}", err=True)
        raise typer.Exit(EXIT_DATA) from None
    if save:
        _write(save, found.cube.serialize(format="turtle"), "utf-8")
    if as_json:
        typer.echo(json.dumps(_data(found), ensure_ascii=False, indent=1))
    else:
        _print(found)
    if not found.complete:
        raise typer.Exit(EXIT_LACKING)


@app.command("template")
def template(
    context: typer.Context,
    offences: Annotated[
        list[str],
        typer.Argument(metavar="OFFENCE...", help="Codes of offences, or: all."),
    ],
    last_year: LastYear = None,
    ethnic_origin: Annotated[
        list[str] | None,
        typer.Option("--ethnic-origin", help="A group that your statistics name; may be repeated."),
    ] = None,
    save: Annotated[
        Path | None, typer.Option(dir_okay=False, help="Save the table for a spreadsheet.")
    ] = None,
) -> None:
    """Print an empty CSV table; for each figure write a number, 0 for none, or: not recorded."""
    from omissus import statistics_codes

    structure = statistics_codes.read_structure(context.obj)
    named = list(structure.asked) if offences == ["all"] else offences
    named = _offences(structure, named, "OFFENCE")
    year = last_year or date.today().year - 1
    table = statistics_codes.template(structure, named, year, ethnic_origin or ())
    if save:
        _write(save, table, "utf-8-sig")
    else:
        typer.echo(table, nl=False)
    if not ethnic_origin:
        note = "note: no list of ethnic groups comes with Omissus; name yours by --ethnic-origin."
        typer.echo(note, err=True)


@app.command("codes")
def codes(
    context: typer.Context,
    column: Annotated[
        str | None, typer.Argument(help="One column, such as offence or age; else all.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="Print CSV, to hand out.")] = False,
) -> None:
    """List what each column takes, with what it means and who asks for it."""
    from omissus import statistics_codes

    structure = statistics_codes.read_structure(context.obj)
    rows = statistics_codes.code_table(structure, column)
    if not rows:
        known = dict.fromkeys(row[0] for row in statistics_codes.code_table(structure))
        hint = f"no column {column!r}; try {', '.join(known)}"
        raise typer.BadParameter(hint, param_hint="COLUMN")
    if as_csv:
        typer.echo(statistics_codes.codes_as_csv(structure, column), nl=False)
    elif as_json:
        names = ("column", "write", "label", "definition", "source")
        listed = [dict(zip(names, row, strict=True)) for row in rows]
        typer.echo(json.dumps(listed, ensure_ascii=False, indent=1))
    else:
        _print_codes(rows)


def _offences(structure: Structure, names: list[str], where: str) -> list[str]:
    from omissus.statistics_cells import CellError, read_code

    try:
        return list(dict.fromkeys(read_code(structure.offence, name) for name in names))
    except CellError as wrong:
        raise typer.BadParameter(f"{wrong.what}. {wrong.remedy}", param_hint=where) from None


def _write(path: Path, text: str, encoding: str) -> None:
    try:
        path.write_text(text, encoding=encoding, newline="")
    except OSError as wrong:
        hint = f"cannot write {path}: {wrong.strerror}"
        raise typer.BadParameter(hint, param_hint="--save") from None


def _data(found: Check) -> dict[str, Any]:
    figures = found.submission.figures
    return {
        "complete": found.complete,
        "yearsAsked": list(found.years_asked),
        "figures": len(figures),
        "notRecorded": sum(figure.number is None for figure in figures),
        "lacking": [_lacking(lack) for lack in found.lacking],
    }


def _lacking(lack: Lacking) -> dict[str, Any]:
    return {
        "what": lack.message,
        "severity": lack.severity,
        "source": lack.source,
        "offences": list(lack.offences),
        "years": list(lack.years),
        "steps": list(lack.steps),
        "notRecorded": lack.not_recorded,
        "remedy": lack.remedy,
        "shape": lack.shape,
    }


def _print(found: Check) -> None:
    from omissus.wording import joined

    figures = found.submission.figures
    unrecorded = sum(figure.number is None for figure in figures)
    years = joined([str(year) for year in found.years_asked], "and")
    for lack in found.lacking:
        typer.echo(f"{'lacking' if lack.asked else 'note'}: {lack}")
    number = sum(lack.asked for lack in found.lacking)
    outcome = f"{number} things lacking" if number > 1 else "1 thing lacking"
    outcome = outcome if number else "nothing that is asked for is lacking"
    told = f"{len(figures) - unrecorded} figures, {unrecorded} stated as not recorded"
    typer.echo(f"{told}; measured against {years}: {outcome}.")


def _print_codes(rows: list[list[str]]) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table("column", "write", "for", "source")
    before = ""
    for column, code, _, definition, source in rows:
        table.add_row(column if column != before else "", code, definition, source)
        before = column
    Console().print(table)
