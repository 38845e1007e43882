"""Reading tables of figures: every fault one line, with its place and its remedy."""

from __future__ import annotations

import pytest

from omissus.statistics import check
from omissus.statistics_codes import Structure, read_structure, template
from omissus.statistics_table import read_tables
from tests.figure_tables import KILNS, THIS_YEAR, complete, faults, rows_of, written


@pytest.fixture(scope="module")
def structure() -> Structure:
    return read_structure()


HEADINGS = "offence,year,sex,reported"
GOOD = "sale-organs,2003,girl,3"


@pytest.mark.parametrize(
    ("text", "where", "what", "remedy"),
    [
        ("", ":1:", "an empty file", "Begin with the headings"),
        (HEADINGS, ":1:", "no figures below the headings", "Add a row"),
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
        (f"{HEADINGS}\n{GOOD}\n\n{GOOD}", ":4, column reported:", "csv:2", "or add a column"),
        (f"{HEADINGS}\n{GOOD}\nSale_Organs,2003,Girls,4", ":3, column reported:", "same", "Keep"),
        (f"{HEADINGS}\n{GOOD}\n{GOOD}\n{GOOD}", ":3, column reported:", "1 more row", "age,"),
        (
            f"{HEADINGS},gender\n{GOOD},man\nzzz",
            ":1, column gender:",
            "unknown heading",
            "Write one of offence,",
        ),
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
    assert len(told) == 26
    assert "first.csv:2. Keep one of the two." in told[0]
    assert (
        ", columns reported, investigated, prosecuted, convicted, assisted, compensated: "
        in told[0]
    )


def test_spelling_and_a_mark_at_the_head_of_the_file_do_not_matter(tmp_path, structure):
    path = tmp_path / "table.csv"
    text = "\ufeffOffence,Year,Ethnic origin,Reported\r\nSale_organs, 2003 ,Hill  Folk,0\r\n,,,\r\n"
    path.write_bytes(text.encode())
    (figure,) = read_tables([path], structure, THIS_YEAR).figures
    assert (figure.offence, figure.year, figure.number) == ("sale-organs", 2003, 0)
    assert figure.breakdown[3] == "Hill Folk"


@pytest.mark.parametrize("sign", [";", "\t"])
def test_a_table_that_a_spreadsheet_divides_by_other_signs_than_commas_is_read(
    tmp_path, structure, sign
):
    path = written(tmp_path, complete())
    with_commas = read_tables([path], structure, THIS_YEAR)
    text = path.read_text(encoding="utf-8").replace(",", sign).replace("\n", "\r\n")
    path.write_text(text, encoding="utf-8-sig", newline="")
    assert read_tables([path], structure, THIS_YEAR) == with_commas


@pytest.mark.parametrize("signature", [b"PK\x03\x04", b"\xd0\xcf\x11\xe0"], ids=["new", "old"])
def test_a_spreadsheet_that_was_not_saved_as_text_is_told_how_to_be(tmp_path, signature):
    path = tmp_path / "table.xlsx"
    path.write_bytes(signature + b"\x00\xff")
    (line,) = faults(path)
    assert (
        line
        == f'{path}:1: a spreadsheet\'s own file and no CSV text. Save the table as "CSV UTF-8".'
    )


def test_a_table_without_a_column_is_told_once_that_its_rows_repeat_each_other(tmp_path):
    rows = [{k: v for k, v in row.items() if k != "age"} for row in complete()]
    (line,) = faults(written(tmp_path, rows))
    assert line.split(": ", 1)[1].startswith("the same figures as on ")
    assert "and so on 17 more rows. Keep one row of each group, or add a column" in line
    assert line.endswith("by which they differ: age.")


def test_every_template_filled_with_zeros_is_sound(tmp_path, structure):
    rows = rows_of(template(structure, tuple(structure.offence.codes), 2003, ("Hillfolk",)))
    for row in rows:
        steps = structure.steps(row["offence"])
        row |= {step: "0" if step in steps else "" for step in structure.step.codes}
    submission = read_tables([written(tmp_path, rows)], structure, THIS_YEAR)
    assert {figure.offence for figure in submission.figures} == set(structure.offence.codes)
    assert submission.years == (2001, 2002, 2003)


def test_a_table_in_which_nothing_is_filled_in_is_refused(tmp_path):
    path = tmp_path / "table.csv"
    path.write_text("offence,year,prosecuted\ntrafficked-within-sale,2003,\n", encoding="utf-8")
    (line,) = faults(path)
    assert line.startswith(f"{path}: no figures. Write")
