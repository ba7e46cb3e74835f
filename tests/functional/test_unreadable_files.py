"""A file that cannot be read is left, and the others of its source are imported (F10)."""

import gzip

import pytest

from tests.functional.test_archives import zip_of
from tests.functional.workshop import Workshop

pytestmark = pytest.mark.any_engine

GOAL = """\
- name: people
  kind: import_profiles
  done_suffix: true
  files:
    people: {{path: "people_*"{more}}}
    {chained}
  identify: {{by: [{{id: people.id}}]}}
  map: {{name: {name}, visits: {{value: 1, strategy: sum}}}}
"""
PLACES = """\
- name: places
  kind: import_profiles
  files: {places: places.csv}
  identify: {by: [{id: id}]}
  map: {name: name}
"""
HTML = "<!DOCTYPE html>\n<html lang='en'><title>502</title>\n<p>Bad, Gateway</p></html>\n"


@pytest.fixture
def people(shop: Workshop) -> Workshop:
    shop.properties("id: {identifier: true}\nname: text\nvisits: integer")
    declare(shop)
    return shop


def declare(shop: Workshop, more: str = "", chained: str = "", name: str = "people.name") -> None:
    shop.goals(GOAL.format(more=more, chained=chained, name=name) + PLACES)


def table(number: int) -> str:
    return f"id,name\n{number},Name {number}\n"


UNREADABLE = {
    "people_cut.gz": gzip.compress(table(9).encode() * 99)[:-20],
    "people_two.zip": zip_of({"a.csv": table(9), "b.csv": table(8)}),
    "people_page.csv": HTML.encode(),
    "people_semicolons.csv": b"id;name\n9;Nina\n",
    "people_renamed.csv": b"id,nmae\n9,Nina\n",
    "people_quote.csv": b'id,"name\n9,Nina\n8,Otto\n',
    "people_wide.csv": table(9).encode("utf-16"),
    "people_latin.csv": "id,name,größe\n9,Nina,1\n".encode("latin-1"),
}


def test_f10_files_that_cannot_be_read_are_left_and_the_others_are_imported(
    people: Workshop,
) -> None:
    people.drop("places.csv", "id,name\np,Paris\n")
    people.drop("people_1.csv", table(1))
    for name, content in UNREADABLE.items():
        people.drop(name, content)
    people.drop("people_2.csv", table(2))
    ended = people.run("build")
    assert ended.code == 1
    assert people.profiles("id") == [("1",), ("2",), ("p",)]
    warnings = people.results()["shop.people"]["warnings"]
    assert [name for name in UNREADABLE if not any(name in text for text in warnings)] == []
    assert "Did you mean 'nmae'?" in ended.told
    left = {path.name for path in (people.folder / "drop").iterdir()} - {"places.csv"}
    assert left == {"people_1.csv.done", "people_2.csv.done", *UNREADABLE}
    again = people.run("build")
    assert (again.code, "7 files are not usable either: people_" in again.told) == (1, True)
    before = people.profiles()
    refreshed = people.run("build", "--full-refresh")
    assert (refreshed.code, "The warehouse is published" in refreshed.told) == (1, True)
    assert people.profiles() == before
    for number, name in enumerate(UNREADABLE, 3):
        people.drop(name, table(number))
    people.build()
    assert people.rows("select sum(visits), count(*) from profiles where id <> 'p'") == [(10, 10)]


def test_f10_a_chained_source_needs_all_its_files_and_other_goals_go_on(people: Workshop) -> None:
    chained = 'names: {path: "names_*", join: {id: people.id}}'
    declare(people, chained=chained, name="names.name")
    people.drop("people_1.csv", table(1))
    people.drop("names_1.csv", table(1))
    people.drop("names_2.csv", HTML)
    people.drop("places.csv", "id,name\np,Paris\n")
    ended = people.run("build")
    assert ended.code == 1
    assert "names_2.csv" in ended.told
    assert people.profiles("id") == [("p",)]


def test_f10_a_damaged_archive_is_left_and_the_others_are_opened(people: Workshop) -> None:
    declare(people, more=', members: "*.csv"')
    people.drop("places.csv", "id,name\np,Paris\n")
    people.drop("people_1.zip", zip_of({"a.csv": table(1)}))
    people.drop("people_2.zip", zip_of({"a.csv": table(2) * 99})[:-40])
    people.drop("people_3.zip", zip_of({"a.csv": table(3), "b.csv": HTML}))
    ended = people.run("build")
    assert ended.code == 1
    assert people.profiles("id") == [("1",), ("3",), ("p",)]
    assert "a file is left, the others are imported: people_2.zip: the zip is damaged" in ended.told
    assert "the file people_3.zip/b.csv has no column" in ended.told
    assert "1 file is left: people_2.zip; 1 file is left: people_3.zip/b.csv" in ended.told
    assert not (people.folder / "drop/people_3.zip.done").exists()


def test_f10_a_changed_goal_needs_the_files_that_it_imported_before(people: Workshop) -> None:
    people.drop("places.csv", "id,name\np,Paris\n")
    people.drop("people_1.csv", "id,name\n1,Ann\n")
    people.drop("people_2.csv", "id,name,label\n2,Bob,B\n")
    people.build()
    before = people.profiles()
    declare(people, name="people.label")
    people.drop("people_3.csv", "id,name,label\n3,Cas,C\n")
    ended = people.run("build")
    assert ended.code == 1
    assert "the file people_1.csv has no column 'label'" in ended.told
    assert people.profiles() == before


def test_a_file_that_has_none_of_the_columns_is_one_message(people: Workshop) -> None:
    people.drop("people_1.csv", HTML)
    ended = people.run("build")
    assert ended.code == 1
    message = people.results()["shop.people"]["message"]
    assert "the file people_1.csv has no column 'id', 'name'" in message
    assert "an HTML page" in message
    assert ended.told.count("has no column") == 1
    assert "people_1.csv has no column" in people.run("scan", "shop.people").told


def test_an_empty_file_is_a_day_without_rows(people: Workshop) -> None:
    chained = 'names: {path: "names*", join: {id: people.id}}'
    declare(people, chained=chained, name="label")
    for name in ("places.csv", "names.csv", "people_1.csv"):
        people.drop(name, b"")
    people.drop("people_2.csv", b"\xef\xbb\xbf")
    people.drop("people_3.csv", b"\n\n")
    people.drop("people_4.gz", gzip.compress(b""))
    message = people.build()["shop.people"]["message"]
    assert message.startswith("5 files are empty: people_1.csv")
    assert (people.folder / "drop/people_1.csv.done").exists()
    assert people.run("scan").code == 0
    assert people.run("preview", "shop.people").code == 0
    people.drop("names.csv", "id,label\n5,Eva\n")
    people.drop("people_5.csv", table(5))
    people.build()
    people.drop("people_6.csv", b"")
    people.build()
    people.build("--full-refresh")
    assert people.profiles("id, name") == [("5", "Eva")]


WIDE = """\
- name: people
  kind: import_profiles
  files: {{people: "people_*"}}
  identify: {{by: [{{id: people.id}}]}}
  map: {{name: people.name}}
  map_rest: {{max_columns: {most}}}
"""


def test_f10_a_header_that_is_too_wide_for_map_rest_is_left(people: Workshop) -> None:
    people.goals(WIDE.format(most=100))
    people.drop("people_1.csv", "id,name,City\n1,Ann,Rome\n")
    people.drop("people_2.csv", f"id,name,{'x' * 2_000_000}\n2,Bob,B\n")
    columns = [f"Column {number}" for number in range(120)]
    people.drop("people_3.csv", f"id,name,{','.join(columns)}\n3,Cas,{',' * 119}\n")
    people.drop("people_4.csv", "id,name,city\n4,Dan,Oslo\n")
    ended = people.run("build")
    assert ended.code == 1
    assert "people_2.csv: a column of `people` has a name of 2,000,000 characters" in ended.told
    assert "people_3.csv: 120 columns would become properties" in ended.told
    assert len(ended.told) < 5000
    assert people.profiles("id, city") == [("1", "Rome"), ("4", "Oslo")]
    (people.folder / "drop/people_2.csv").unlink()
    people.goals(WIDE.format(most=200))
    people.build()
    assert people.profiles("id, city") == [("1", "Rome"), ("3", None), ("4", "Oslo")]


def test_r12_file_of_which_every_line_was_set_aside_keeps_its_name(people: Workshop) -> None:
    """Also in later builds, which rename what an earlier one imported (F6)."""
    people.drop("places.csv", "id,name\np,Paris\n")
    people.drop("people_1.csv", table(1))
    people.drop("people_2.csv", "id,name\n2;Bob\n3;Cas\n")
    assert "people_2.csv: every line is set aside, 2 in all" in people.run("build").told
    people.build()
    names = {path.name for path in (people.folder / "drop").iterdir()}
    assert names == {"places.csv", "people_1.csv.done", "people_2.csv"}
    people.drop("people_2.csv", table(2))
    people.build()
    assert (people.folder / "drop/people_2.csv.done").exists()
