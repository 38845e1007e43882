"""Tables of figures: what is read, what is refused, and which breakdowns are told to be lacking."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from rdflib import RDF, SH, BNode, Graph, Literal, URIRef
from typer.testing import CliRunner

from omissus.cli.main import app
from omissus.data import data_root
from omissus.statistics import check, figure_shapes
from omissus.statistics_codes import QB, Structure, code_table, read_structure, template
from omissus.statistics_cube import cube
from omissus.statistics_table import TableError, read_tables
from omissus.vocabulary import om

HERE = Path(__file__).parent
COMPLETE = HERE / "testland" / "figures-complete.csv"
KILNS = "sale-labour-brick-kilns"
THIS_YEAR = 2026
BREAKDOWNS = [
    "sex",
    "age",
    "nationality",
    "ethnic-origin",
    "socioeconomic-background",
    "residence",
]
CONSTRAINTS = sorted((HERE / "data_cube").glob("*.rq"))
Row = dict[str, str]


@pytest.fixture(scope="module")
def structure() -> Structure:
    return read_structure()


def rows_of(text: str) -> list[Row]:
    return list(csv.DictReader(io.StringIO(text)))


def complete() -> list[Row]:
    """The rows of the invented table that lacks nothing on its one offence."""
    return rows_of(COMPLETE.read_text(encoding="utf-8"))


def written(folder: Path, rows: list[Row], name: str = "table.csv") -> Path:
    path = folder / name
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    return path


def lacking(folder: Path, rows: list[Row], *offences: str, **options: int) -> list[str]:
    """What a table of these rows lacks, a line each; measured on the brick kilns unless told."""
    path = written(folder, rows)
    found = check([path], None, offences or (KILNS,), this_year=THIS_YEAR, **options)
    return [str(lack) for lack in found.lacking]


def faults(*paths: Path) -> list[str]:
    with pytest.raises(TableError) as caught:
        read_tables(paths, read_structure(), THIS_YEAR)
    return [str(fault) for fault in caught.value.faults]


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


HEADINGS = "offence,year,sex,reported"
GOOD = "sale-organs,2003,girl,3"


@pytest.mark.parametrize(
    ("text", "where", "what", "remedy"),
    [
        ("", ":1:", "an empty file", "Begin with the headings"),
        (HEADINGS, ":1:", "no figures below the headings", "Add a row"),
        ("offence;year;reported\n", ":1:", "no commas divide", "CSV UTF-8"),
        (f"{HEADINGS},colour\n{GOOD},red", ":1, column colour:", "unknown heading", "Write one of"),
        (f"{HEADINGS},aeg\n{GOOD},total", ":1, column aeg:", "unknown heading", "mean age?"),
        (f"{HEADINGS},sex\n{GOOD},girl", ":1, column sex:", "stands twice", "Keep one"),
        ("year,reported\n2003,3", ":1, column offence:", "is missing", "Add the column offence."),
        ("offence,reported\nsale-organs,3", ":1, column year:", "missing", "Add the column year."),
        ("offence,year\nsale-organs,2003", ":1:", "no column of figures", "Add one or more"),
        (f"{HEADINGS}\n{GOOD},7", ":2:", "5 cells below 4 headings", "Give each column one cell"),
        (f"{HEADINGS}\nsale-organ,2003,girl,3", ":2, column offence:", "no code", "sale-organs?"),
        (f"{HEADINGS}\nzzz,2003,girl,3", ":2, column offence:", "no code 'zzz'", "codes offence"),
        (f"{HEADINGS}\n,2003,girl,3", ":2, column offence:", "an empty cell", "codes offence"),
        (f"{HEADINGS}\nsale-organs,2003,,3", ":2, column sex:", "an empty cell", "Write total,"),
        (f"{HEADINGS}\nsale-organs,2003,man,3", ":2, column sex:", "no code 'man'", "Write total,"),
        (f"{HEADINGS}\nsale-organs,2030,girl,3", ":2, column year:", "no year '2030'", "to 2026."),
        (f"{HEADINGS}\nsale-organs,03,girl,3", ":2, column year:", "no year '03'", "four digits"),
        (f"{HEADINGS}\nsale-organs,2003,girl,-3", ":2, column reported:", "'-3'", "digits alone"),
        (f"{HEADINGS}\nsale-organs,2003,girl,2.5", ":2, column reported:", "'2.5'", "digits"),
        (f"{HEADINGS}\nsale-organs,2003,girl,few", ":2, column reported:", "'few'", "digits"),
        (f'{HEADINGS}\nsale-organs,2003,girl,"1,200"', ":2, column reported:", "'1,200'", "1200,"),
        (f"{HEADINGS}\nsale-organs,2003,girl,", ":2, column reported:", "empty", "not recorded."),
        (f"{HEADINGS}\nsale-organs,2003,girl,٣", ":2, column reported:", "'٣'", "digits"),
        (f"{HEADINGS}\n{GOOD}\n\n{GOOD}", ":4, column reported:", "csv:2", "Keep one of the two."),
        (f"{HEADINGS}\n{GOOD}\nSale_Organs,2003,Girls,4", ":3, column reported:", "same", "Keep"),
        (
            f"{HEADINGS}\nsale-organs,2003,total,2\n{GOOD}",
            ":3, column reported:",
            "3, and only 2 in all",
            "Correct the part or the whole.",
        ),
        (f'{HEADINGS}\n"{GOOD}', ":2:", "broken CSV", "Close each quotation mark"),
        (
            "offence,year,nationality,reported\nsale-organs,2003,natonal,3",
            ":2, column nationality:",
            "no code 'natonal'",
            "Did you mean national?",
        ),
        (
            "offence,year,ethnic-origin,reported\nsale-organs,2003,=1+1,3",
            ":2, column ethnic-origin:",
            "no name '=1+1'",
            "begins with a letter",
        ),
    ],
)
def test_each_kind_of_fault_is_one_line_with_place_and_remedy(tmp_path, text, where, what, remedy):
    path = tmp_path / "table.csv"
    path.write_text(text, encoding="utf-8")
    (line,) = faults(path)
    assert line.startswith(f"{path}{where}")
    assert what in line
    assert remedy in line
    assert "\n" not in line


def test_a_workbook_saved_in_another_encoding_is_told_with_its_line(tmp_path):
    path = tmp_path / "table.csv"
    path.write_bytes(f"{HEADINGS},agency\n{GOOD},Caf\xe9".encode("latin-1"))
    (line,) = faults(path)
    assert line.startswith(f"{path}:2: not UTF-8 text. Save the table as")


def test_every_fault_is_told_and_not_only_the_first(tmp_path):
    bad = "offence,year,sex,reported\nzzz,1999,man,-1\nsale-organs,2003,girl,x"
    path = tmp_path / "table.csv"
    path.write_text(bad, encoding="utf-8")
    told = faults(path)
    places = [line.removeprefix(str(path)).split(": ")[0] for line in told]
    assert places == [
        ":2, column offence",
        ":2, column year",
        ":2, column sex",
        ":2, column reported",
        ":3, column reported",
    ]


def test_one_bad_row_keeps_the_whole_table_out(tmp_path):
    path = written(tmp_path, [*complete(), complete()[0] | {"year": "someday"}])
    assert len(faults(path)) == 1


def test_tables_are_taken_together_and_a_figure_in_both_is_a_fault(tmp_path):
    first = written(tmp_path, [r for r in complete() if r["year"] == "2001"], "first.csv")
    rest = written(tmp_path, [r for r in complete() if r["year"] != "2001"], "rest.csv")
    assert check([first, rest], None, (KILNS,), this_year=THIS_YEAR).lacking == ()
    told = faults(first, first)
    assert len(told) == 26 * 6
    assert "first.csv:2" in told[0]


def test_spelling_and_a_mark_at_the_head_of_the_file_do_not_matter(tmp_path, structure):
    path = tmp_path / "table.csv"
    text = "\ufeffOffence,Year,Ethnic origin,Reported\r\nSale_organs, 2003 ,Hill  Folk,0\r\n,,,\r\n"
    path.write_bytes(text.encode())
    (figure,) = read_tables([path], structure, THIS_YEAR).figures
    assert (figure.offence, figure.year, figure.number) == ("sale-organs", 2003, 0)
    assert figure.breakdown[3] == "Hill Folk"


def test_every_template_filled_with_zeros_is_sound(tmp_path, structure):
    rows = rows_of(template(structure, tuple(structure.offence.codes), 2003, ("Hillfolk",)))
    for row in rows:
        steps = structure.steps(row["offence"])
        row |= {step: "0" if step in steps else "" for step in structure.step.codes}
    submission = read_tables([written(tmp_path, rows)], structure, THIS_YEAR)
    assert {figure.offence for figure in submission.figures} == set(structure.offence.codes)
    assert submission.years == (2001, 2002, 2003)


@pytest.mark.parametrize(
    "offence", ["sale-prostitution", "kidnapping-marriage", "trafficked-within-sale"]
)
def test_a_template_filled_with_zeros_lacks_nothing_but_the_agency(tmp_path, structure, offence):
    rows = rows_of(template(structure, (offence,), 2003, ("Hillfolk", "Shorefolk")))
    rows = [row | dict.fromkeys(structure.steps(offence), "0") for row in rows]
    (told,) = lacking(tmp_path, rows, offence)
    assert told.startswith("no agency named")


def small(folder: Path) -> Graph:
    """Ontology and cube of a table small enough for the slow constraints."""
    rows = [r for r in complete() if r["year"] == "2001"][:3]
    rows.append(rows[0] | {"ethnic-origin": "Hill Folk", "reported": "1"})
    structure = read_structure()
    graph = cube(read_tables([written(folder, rows)], structure, THIS_YEAR), structure)
    return graph.parse(data_root() / "ontology" / "statistics.ttl", format="turtle")


@pytest.mark.parametrize("constraint", CONSTRAINTS, ids=lambda path: path.stem)
def test_the_cube_keeps_the_integrity_constraints(tmp_path, constraint):
    assert small(tmp_path).query(constraint.read_text(encoding="utf-8")).askAnswer is False


BROKEN = {
    "ic-01": lambda g, o: g.remove((o, URIRef(QB + "dataSet"), None)),
    "ic-02": lambda g, _: g.remove((None, URIRef(QB + "structure"), None)),
    "ic-03": lambda g, _: g.remove((None, URIRef(QB + "measure"), None)),
    "ic-04": lambda g, _: g.remove((URIRef(om("countsSex")), None, None)),
    "ic-05": lambda g, _: g.remove((None, URIRef(QB + "codeList"), None)),
    "ic-06": lambda g, _: g.remove((None, URIRef(QB + "attribute"), None)),
    "ic-11": lambda g, o: g.remove((o, URIRef(om("countsSex")), None)),
    "ic-12": lambda g, o: [g.add((URIRef(o + "/again"), p, v)) for p, v in g.predicate_objects(o)],
    "ic-14": lambda g, o: g.add((o, URIRef(om("figure")), Literal(77))),
    "ic-19": lambda g, o: g.set((o, URIRef(om("countsSex")), URIRef(om("nothing")))),
}


@pytest.mark.parametrize("constraint", CONSTRAINTS, ids=lambda path: path.stem)
def test_each_integrity_constraint_can_be_broken(tmp_path, constraint):
    graph = small(tmp_path)
    observation = min(graph.subjects(RDF.type, URIRef(QB + "Observation")))
    BROKEN[constraint.stem[:5]](graph, observation)
    assert graph.query(constraint.read_text(encoding="utf-8")).askAnswer is True


def test_equal_figures_have_equal_names_and_nothing_is_nameless(tmp_path, structure):
    graphs = [
        cube(read_tables([written(tmp_path, rows)], structure, THIS_YEAR), structure)
        for rows in (complete(), complete()[::-1])
    ]
    assert set(graphs[0]) == set(graphs[1])
    assert not any(isinstance(term, BNode) for triple in graphs[0] for term in triple)


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
    table = HERE / "testland" / "figures-lacking.csv"
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
    assert command("codes", "--csv").stdout.startswith("column,code,label,definition,source\n")
