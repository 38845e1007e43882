"""An offence names an act, or catches it by wider words."""

from __future__ import annotations

import pytest

from tests.worlds import act, cell_of, offence, world

DEPICTION, ANY_OBJECT = "term:visual-depiction", "term:obscene-object"


def naming(folder, slug, **limits):
    """How an offence of Testland stands to a demand: whether it names it, and in which words."""
    corpus = world(folder, act("Act"), offence("o", "Act-s1-v", **limits))
    exhibit = cell_of(corpus, slug).exhibit
    (row,) = exhibit.covering
    return exhibit.expression, row.naming


WIDER = "a wider offence that catches the act"


@pytest.mark.parametrize(
    ("conduct", "objects", "told"),
    [
        ("term:procures-material", DEPICTION, f"{WIDER}: it names the object, not the conduct"),
        ("term:transmits", DEPICTION, f"{WIDER}: it names the object, not the conduct"),
        ("importing", ANY_OBJECT, f"{WIDER}: it names the conduct, not the object"),
        ("term:transmits", ANY_OBJECT, f"{WIDER}: it does not name the conduct or object"),
    ],
)
def test_who_names_the_material_or_the_import_alone_does_not_name_importing_the_material(
    tmp_path, conduct, objects, told
):
    found = naming(tmp_path, "3-1-c-importing", conduct=conduct, object=objects)
    assert found == ("general", told)


def test_a_dealing_is_named_by_its_own_verb_and_by_the_material(tmp_path):
    found = naming(tmp_path, "3-1-c-importing", conduct="importing", object="material")
    assert found == ("express", "names the act, by its conduct and object")


def test_the_treatys_own_verb_names_its_act_though_it_reaches_further(tmp_path):
    limits = {"conduct": "term:distributes", "object": "material"}
    (tmp_path / "own").mkdir()
    named = naming(tmp_path / "own", "3-1-c-distributing", **limits)
    assert named == ("express", "names the act, by its conduct and object")
    sold = naming(tmp_path, "3-1-c-selling", **limits)
    assert sold == ("general", f"{WIDER}: it names the object, not the conduct")


def test_acts_of_other_points_are_named_by_their_purpose(tmp_path):
    (tmp_path / "named").mkdir()
    named = naming(tmp_path / "named", "3-1-b-offering", conduct="offering", purpose="prostitution")
    assert named == ("express", "names the act, by its purpose")
    silent = naming(tmp_path, "3-1-b-offering", conduct="offering")
    assert silent == ("general", f"{WIDER}: it does not name the purpose")


def test_where_no_naming_is_asked_about_none_is_told(tmp_path):
    corpus = world(
        tmp_path,
        act("Act"),
        offence("o", "Act-s1-v", conduct="offering", stage="attempted", purpose="prostitution"),
    )
    exhibit = cell_of(corpus, "3-2-attempt-3-1-b").exhibit
    assert exhibit.expression == "not asked"
    assert [row.naming for row in exhibit.covering] == [None]
