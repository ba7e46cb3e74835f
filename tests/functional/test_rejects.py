"""What is set aside can be listed, mended and sent again (R2, R6)."""

import csv
import io
import json
from pathlib import Path

import pytest

from tests.functional.workshop import Workshop

pytestmark = pytest.mark.any_engine

GOAL = """\
- name: people
  kind: import_profiles
  files:
    people: {{path: "out/people_*.csv"}}
    cities: {{path: out/cities.csv, join: {{city: people.city}}, optional: true}}
  format: {{separator: ";", encoding: windows-1252}}
  identify: {{by: [{{id: people.id}}]}}
  map: {{name: people.name, born: people.born, spent: {{from: people.spent, strategy: sum}}}}
{more}"""
FIRST = (
    b"id;name;born;spent;city\r\n"
    b"1;Zo\xeb;1990-01-31;1.50;Delft\r\n"
    b"2;Bert;31-01-1990;2.50;Delft\r\n"
    b"3;Cl\xe9o\r\n"
    b'4;"Dora" x;1990-01-31;4.50;Delft\r\n'
    b"5;E\x81e;1990-01-31;x;Delft\r\n"
    b"id;name;born;spent;city\r\n"
)
FOLDER = "target/rejects/shop.people/out"


PLAIN = """\
- name: plain
  kind: import_profiles
  files: {people: plain.csv}
  identify: {by: [{id: people.id}]}
  map: {name: people.name}
"""


def declare(shop: Workshop) -> Workshop:
    """A goal with one file, of which three lines and two values do not fit."""
    shop.properties("id: {identifier: true}\nname: text\nborn: date\nspent: decimal(18,2)")
    shop.goals(GOAL.format(more=""))
    shop.drop("out/people_1.csv", FIRST)
    return shop


@pytest.fixture
def people(shop: Workshop) -> Workshop:
    """The goal, not built."""
    return declare(shop)


@pytest.fixture(scope="module")
def built_shop(shared_shop: Workshop) -> Workshop:
    """The goal, and one whose source a model reads, built."""
    declare(shared_shop).goals(GOAL.format(more="") + PLAIN)
    model = "select id from {{ source('shop', 'plain', 'people') }}"
    shared_shop.write(
        "models/marts/lines.sql", f"{{{{ config(materialized='table') }}}}\n{model}\n"
    )
    shared_shop.drop("plain.csv", b"id,name\n101,Anna\nid,name\n102,Bert\n")
    shared_shop.build()
    return shared_shop


@pytest.fixture
def built(built_shop: Workshop, tmp_path: Path) -> Workshop:
    return built_shop.copied(tmp_path / "built")


def listed(shop: Workshop, *arguments: str) -> list[dict[str, str]]:
    ended = shop.run("rejects", "--output", "json", *(arguments or ("--select", "shop.people")))
    assert ended.code == 0, ended.told
    return json.loads(ended.stdout)


def test_lines_and_values_are_listed_with_file_line_column_and_reason(built_shop: Workshop) -> None:
    rows = listed(built_shop)
    told = [(row["line"], row["column_name"], row["reason"], row["value"]) for row in rows]
    assert told == [
        (3, "people.born", "not a date", "31-01-1990"),
        (4, "born", "too_few_fields", "3;Cl\u00e9o"),
        (5, "name", "text_after_quote", '4;"Dora" x;1990-01-31;4.50;Delft'),
        (6, "name", "bad_byte", r"5;E\x81e;1990-01-31;x;Delft"),
        (7, None, "repeated_header", "id;name;born;spent;city"),
    ]
    assert {row["file"] for row in rows} == {"out/people_1.csv"}
    assert [row["byte_offset"] for row in rows] == [None, None, None, 3, None]
    assert [row["property"] for row in rows] == ["born", None, None, None, None]


def test_rejects_are_written_as_table_and_csv(built_shop: Workshop) -> None:
    table = built_shop.run("rejects").stdout
    assert "too_few_fields" in table
    text = built_shop.run("rejects", "-o", "csv", "--limit", "2").stdout
    assert [row["line"] for row in csv.DictReader(io.StringIO(text))] == ["3", "4"]


def test_rejects_are_counted_and_selected_by_goal(built_shop: Workshop) -> None:
    rows = listed(built_shop, "--count")
    told = {(row["file"], row["reason"]): row["rejects"] for row in rows}
    assert told["out/people_1.csv", "too_few_fields"] == 1
    assert told["plain.csv", "repeated_header"] == 1
    assert sum(told.values()) == 6
    assert len(listed(built_shop, "--exclude", "goal:people")) == 1
    ended = built_shop.run("rejects", "--select", "shop.peple")
    assert ended.code == 2
    assert "shop.people" in ended.told


def test_lines_set_aside_are_kept_as_they_were_sent_below_their_header(
    built_shop: Workshop,
) -> None:
    head, *lines = FIRST.splitlines(keepends=True)
    kept = (built_shop.folder / FOLDER / "people_1.csv").read_bytes()
    assert kept == b"".join([head, lines[2], lines[3], lines[4]])
    assert (built_shop.folder / FOLDER / "people_1.csv").stat().st_mode & 0o077 == 0


def test_fixed_lines_are_sent_again_and_applied(built: Workshop) -> None:
    kept = (built.folder / FOLDER / "people_1.csv").read_bytes()
    mended = (
        kept.replace(b"3;Cl\xe9o", b"3;Cl\xe9o;1990-01-31;3.50;")
        .replace(b'"Dora" x', b"Dora")
        .replace(b"E\x81e;1990-01-31;x", b"Eve;1990-01-31;5.50")
    )
    built.drop("out/people_2.csv", mended)
    built.build()
    people = (
        "select id, name, spent::varchar from profiles where id not in ('101', '102') order by id"
    )
    assert built.rows(people) == [
        ("1", "Zo\u00eb", "1.50"), ("2", "Bert", "2.50"), ("3", "Cl\u00e9o", "3.50"),
        ("4", "Dora", "4.50"), ("5", "Eve", "5.50"),
    ]  # fmt: skip
    assert not (built.folder / FOLDER / "people_2.csv").exists()
    assert [(row["line"], row["reason"]) for row in listed(built)] == [
        (3, "not a date"), (6, "bad_byte"), (7, "repeated_header"),
    ]  # fmt: skip
    settled = listed(built, "--settled")
    assert [(row["line"], row["settled_by"]) for row in settled] == [
        (4, "out/people_2.csv:2"), (5, "out/people_2.csv:3"),
    ]  # fmt: skip
    assert "settled 2 more: --settled lists them" in built.run("rejects").stderr
    assert (
        "too_few_fields, settled by out/people_2.csv:2" in built.run("rejects", "--settled").stdout
    )
    assert built.run("rejects", "--settled", "--all").code == 2


def test_a_file_that_comes_again_fixed_has_no_rejects_any_more(built: Workshop) -> None:
    head, first, *_ = FIRST.splitlines(keepends=True)
    built.drop("out/people_1.csv", head + first)
    built.build()
    assert listed(built) == []
    assert len(listed(built, "--all", "--select", "shop.people")) == 5
    build_id = built.rows("select min(build_id) from runner.rejects")[0][0]
    assert len(listed(built, "--build", build_id, "--select", "shop.people")) == 5
    unknown = built.run("rejects", "--build", "zz")
    assert (unknown.code, "no build begins with 'zz'" in unknown.stderr) == (2, True)
    assert not (built.folder / FOLDER / "people_1.csv").exists()


def test_more_than_max_rejects_leaves_nothing_but_the_lines_to_mend(people: Workshop) -> None:
    """R6: all or nothing, also what another file of the goal brought."""
    people.drop("out/people_2.csv", b"id;name;born;spent;city\n9;Ida;1990-01-31;9.50;\n")
    people.goals(GOAL.format(more="  max_rejects: 4\n"))
    ended = people.run("build")
    assert ended.code == 1
    assert "5 lines and values do not fit" in ended.told
    assert "target/rejects/shop.people/" in ended.told
    assert people.rows("select count(*) from profiles") == [(0,)]
    assert people.rows("select count(*) from runner.rejects") == [(0,)]
    assert people.rows("select count(*) from runner.files") == [(0,)]
    assert (people.folder / FOLDER / "people_1.csv").exists()
    people.goals(GOAL.format(more="  max_rejects: 72%\n"))
    people.build()
    assert people.rows("select count(*) from profiles") == [(3,)]
    people.goals(GOAL.format(more="  max_rejects: 71%\n"))
    assert people.run("build", "--full-refresh").code == 1


def test_a_name_that_climbs_out_stays_inside_the_folder(shop: Workshop, tmp_path: Path) -> None:
    shop.properties("id: {identifier: true}\nname: text\nborn: date\nspent: decimal(18,2)")
    shop.goals(
        GOAL.format(more="").replace("out/people_", "../outside/people_"),
        access="type: local\npath: drop/deep\n",
    )
    (shop.folder / "drop/deep").mkdir()
    shop.drop("outside/people_1.csv", FIRST)
    shop.run("build")
    found = [path.relative_to(shop.folder) for path in tmp_path.rglob("people_1.csv")]
    assert sorted(path.parts[0] for path in found) in (["drop"], ["drop", "target"])


def test_full_refresh_lists_the_same(built: Workshop) -> None:
    before = [{**row, "build_id": ""} for row in listed(built)]
    built.build("--full-refresh")
    assert [{**row, "build_id": ""} for row in listed(built)] == before


def test_models_that_read_source_lines_do_not_find_what_was_set_aside(
    built_shop: Workshop,
) -> None:
    assert built_shop.rows("select id from lines order by id") == [("101",), ("102",)]
    plain = "select id from profiles where id in ('101', '102', 'id') order by id"
    assert built_shop.rows(plain) == [("101",), ("102",)]
