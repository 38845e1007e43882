"""Which breakdowns that the Committee asks for a table of figures is told to lack."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from rdflib import RDF, SH, Graph, URIRef
from typer.testing import CliRunner

from omissus.cli.main import app
from omissus.data import data_root
from omissus.statistics import check, figure_shapes
from omissus.statistics_codes import QB, Structure, code_table, read_structure, template
from omissus.vocabulary import om
from tests.figure_tables import (
    COMPLETE,
    KILNS,
    LACKING,
    THIS_YEAR,
    complete,
    faults,
    lacking,
    rows_of,
    written,
)

BREAKDOWNS = [
    "sex",
    "age",
    "nationality",
    "ethnic-origin",
    "socioeconomic-background",
    "residence",
]


@pytest.fixture(scope="module")
def structure() -> Structure:
    return read_structure()


def test_a_complete_table_lacks_nothing(tmp_path):
    assert lacking(tmp_path, complete()) == []


@pytest.mark.parametrize("column", BREAKDOWNS)
def test_a_breakdown_without_a_column_is_named(tmp_path, column):
    rows = [row for row in complete() if row[column] == "total"]
    for row in rows:
        del row[column]
    (told,) = lacking(tmp_path, rows)
    assert f"not broken down by {'urban or rural ' if column == 'residence' else ''}" in told
    assert column.replace("-", " ") in told
    assert f"The tables have no column {column}: add it." in told


@pytest.mark.parametrize("column", BREAKDOWNS)
@pytest.mark.parametrize("value", ["total", "not stated"])
def test_a_column_that_tells_no_groups_apart_is_named(tmp_path, column, value):
    rows = [row for row in complete() if row[column] == "total"]
    if value == "not stated":
        rows += [row | {column: value} for row in rows if set(list(row.values())[2:8]) == {"total"}]
    (told,) = lacking(tmp_path, rows)
    assert told.startswith("not broken down by")
    assert f"Add rows with {column}" in told


@pytest.mark.parametrize(
    ("column", "code", "told"),
    [
        ("sex", "boy", "nothing for boys"),
        ("age", "16-to-17", "nothing for children of 16 to 17 years"),
        ("residence", "rural", "nothing for children in the country"),
        ("socioeconomic-background", "street-situation", "nothing for children in street"),
    ],
)
def test_a_group_left_out_of_a_breakdown_is_named(tmp_path, column, code, told):
    (line,) = lacking(tmp_path, [row for row in complete() if row[column] != code])
    assert told in line
    assert f"Add rows with {column} {code}" in line


def test_one_nationality_alone_is_no_breakdown(tmp_path):
    rows = [r for r in complete() if r["nationality"] in ("total", "national")]
    (told,) = lacking(tmp_path, rows)
    assert "not broken down by nationality" in told


def test_a_group_left_out_in_one_year_is_named_with_the_year(tmp_path):
    rows = [r for r in complete() if not (r["sex"] == "boy" and r["year"] == "2002")]
    (told,) = lacking(tmp_path, rows)
    assert "nothing for boys" in told
    assert ", 2002 [" in told


def test_a_missing_year_is_named(tmp_path):
    (told,) = lacking(tmp_path, [row for row in complete() if row["year"] != "2002"])
    assert told.startswith("no figures: ")
    assert ", 2002 [" in told


def test_three_years_are_asked_and_the_last_one_may_be_given(tmp_path):
    (told,) = lacking(tmp_path, complete(), last_year=2004)
    assert ", 2004 [" in told


@pytest.mark.parametrize("step", ["reported", "prosecuted", "compensated"])
def test_a_missing_step_is_named(tmp_path, step):
    rows = complete()
    for row in rows:
        del row[step]
    (told,) = lacking(tmp_path, rows)
    assert told.startswith("no figures: ")
    assert f", {step} [" in told


def test_a_missing_offence_is_named(tmp_path):
    (told,) = lacking(tmp_path, complete(), KILNS, "sale-organs")
    assert told.startswith("no figures: sale of children for transfer of organs for profit [")


def test_the_action_taken_is_asked_of_sale_and_not_of_trafficking(structure):
    assert "prosecuted" in structure.steps("sale-organs")
    assert structure.steps("trafficked-within-organs") == ("reported", "assisted", "compensated")


def test_offences_that_divide_one_answer_for_it_together(tmp_path):
    rows = [
        r | {"offence": f"{act}-marriage"}
        for act in ("offered", "delivered", "rented", "accepted")
        for r in complete()
    ]
    assert lacking(tmp_path, rows, "transferred-marriage") == []
    rest = [row for row in rows if row["offence"] != "rented-marriage"]
    (told,) = lacking(tmp_path, rest, "transferred-marriage")
    assert told.startswith("no figures: children offered, delivered, rented or accepted")


def test_kidnapping_of_girls_is_asked_about_girls_alone(tmp_path):
    rows = [row | {"offence": "kidnapping-marriage"} for row in complete()]
    rows = [row | {"sex": "girl"} for row in rows if row["sex"] == "total"]
    assert lacking(tmp_path, rows, "kidnapping-marriage") == []
    rows[0]["sex"] = "boy"
    (told,) = faults(written(tmp_path, rows))
    assert "column sex: 'boy' for an offence asked about girl alone. Write girl." in told


def test_not_recorded_is_told_apart_from_zero(tmp_path):
    rows = complete()
    steps = list(read_structure().step.codes)
    for row in rows:
        if row["residence"] == "rural":
            row |= dict.fromkeys(steps, "0")
    assert lacking(tmp_path, rows) == []
    for row in rows:
        if row["residence"] == "rural":
            row |= dict.fromkeys(steps, "not recorded")
    (told,) = lacking(tmp_path, rows)
    assert "nothing for children in the country, stated as not recorded" in told
    found = check([tmp_path / "table.csv"], None, (KILNS,), this_year=THIS_YEAR)
    unrecorded = set(found.cube.subjects(RDF.type, URIRef(om("UnrecordedFigure"))))
    assert unrecorded
    assert not unrecorded & set(found.cube.subjects(RDF.type, URIRef(QB + "Observation")))
    assert not any((node, URIRef(om("figure")), None) in found.cube for node in unrecorded)


def test_a_figure_that_is_only_stated_as_not_recorded_is_lacking(tmp_path):
    rows = [row | {"compensated": "not recorded"} for row in complete()]
    (told,) = lacking(tmp_path, rows)
    assert told.startswith("no figures, stated as not recorded: ")
    assert ", compensated [" in told


def test_a_table_without_agencies_is_complete_and_noted(tmp_path):
    path = written(tmp_path, [row | {"agency": ""} for row in complete()])
    found = check([path], None, (KILNS,), this_year=THIS_YEAR)
    (note,) = found.lacking
    assert note.source == "CRC/C/OPSC/PAK/Q/1 para 3"
    assert found.complete


@pytest.mark.parametrize(
    "offence", ["sale-prostitution", "kidnapping-marriage", "trafficked-within-sale"]
)
def test_a_template_filled_with_zeros_lacks_nothing_but_the_agency(tmp_path, structure, offence):
    rows = rows_of(template(structure, (offence,), 2003, ("Hillfolk", "Shorefolk")))
    rows = [row | dict.fromkeys(structure.steps(offence), "0") for row in rows]
    (told,) = lacking(tmp_path, rows, offence)
    assert told.startswith("no agency named")


def test_every_shape_on_figures_has_words_a_source_and_a_modality():
    shapes = figure_shapes(data_root())
    for shape in shapes.subjects(SH.targetClass, URIRef(om("FigureAsked"))):
        for property_iri in (SH.name, SH.description, SH.message, SH.severity):
            assert (shape, property_iri, None) in shapes, shape
        source = str(shapes.value(shape, URIRef("http://purl.org/dc/terms/source")))
        assert source.startswith("CRC/C/OPSC/PAK/Q/1 para ")


def test_every_code_says_what_it_means_and_where_it_comes_from(structure):
    assert all(all(row) for row in code_table(structure))


def test_what_paragraph_two_names_is_in_the_codes(structure):
    labels = " ".join(code.label for code in structure.offence.codes.values())
    named = ["brick kilns", "agriculture", "coal mining", "carpet", "farm labour", "domestic"]
    named += ["travel and tourism", "kidnapping of girls", "illegal adoption", "rented", "through"]
    assert not [name for name in named if name not in labels]
    assert len(structure.asked) == 29


def command(*arguments: str | Path):
    return CliRunner().invoke(app, ["statistics", *map(str, arguments)])


def test_the_command_ends_with_zero_one_two_or_three(tmp_path):
    assert command("check", COMPLETE, "--offence", KILNS).exit_code == 0
    assert command("check", COMPLETE).exit_code == 1
    assert command("check", COMPLETE, "--offence", "sale").exit_code == 2
    assert command("check", tmp_path / "none.csv").exit_code == 2
    assert command("template", "sale-orgns").exit_code == 2
    assert command("codes", "colour").exit_code == 2
    path = tmp_path / "bad.csv"
    path.write_text("offence,year,reported\nzzz,2003,-1\n", encoding="utf-8")
    result = command("check", path)
    assert result.exit_code == 3
    assert result.output.count("error: ") == 2


def test_the_lacking_table_of_testland_is_told_in_two_lines():
    table = LACKING
    result = command("check", table, "--offence", "transferred-marriage", "--json")
    told = json.loads(result.output)
    assert [(lack["what"], lack["years"]) for lack in told["lacking"]] == [
        ("broken down by sex, but nothing for boys", [2002]),
        ("broken down by urban or rural residence, but nothing for children in the country", []),
    ]


def test_the_cube_is_saved_as_turtle(tmp_path):
    saved = tmp_path / "cube.ttl"
    command("check", COMPLETE, "--offence", KILNS, "--save", saved)
    graph = Graph().parse(saved, format="turtle")
    assert len(set(graph.subjects(RDF.type, URIRef(QB + "Observation")))) == 450


def test_a_template_is_printed_and_saved_alike(tmp_path):
    saved = tmp_path / "table.csv"
    wanted = ("template", "sale-organs", "--last-year", "2003", "--ethnic-origin", "Hillfolk")
    printed = command(*wanted)
    command(*wanted, "--save", saved)
    assert saved.read_text(encoding="utf-8-sig") == printed.stdout
    listed = command("codes", "--csv").stdout
    assert listed.startswith("column,write,label,definition,source\n")
    assert 'compensated,"a whole number, 0, or: not recorded"' in listed
