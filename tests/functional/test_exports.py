"""Exports as a partner gets them: formats, names, several files, triggers, changes (X1 to X4)."""

import csv
import gzip
import hashlib
import io
import json
import shutil
import signal
import subprocess
import sys
import zipfile
from pathlib import Path

import duckdb
import pytest

from tests.functional.workshop import Workshop

PROPERTIES = """
id: {identifier: true}
email: text
city: text
spent: decimal(18,2)
score: decimal
visits: integer
wanted: boolean
born: date
seen_at: datetime
tags: {multi: true}
"""
IMPORT = """
- name: people
  kind: import_profiles
  files: {people: {path: "people*.csv", format: {multi_value_separator: "|"}}}
  identify: {create_profiles: true, by: [{id: id}]}
  map:
    email: {from: email, strategy: set_or_clear}
    city: {from: city, strategy: set_or_clear}
    spent: spent
    score: score
    visits: visits
    wanted: wanted
    born: born
    seen_at: seen_at
    tags: {from: tags, strategy: add}
"""
LEVELLED = """
- name: levels
  kind: import_profiles
  files: {levels: levels.csv}
  identify: {by: [{id: id}]}
  map: {permission_level: level, viewed_interactions: {from: seen, strategy: add}}
"""
HEAD = "id,email,city,spent,score,visits,wanted,born,seen_at,tags\n"
LINES = (
    "1,Ann@Acme.example ,Delft,1234567.50,-1234.5678,1234567,true,2024-02-29,2024-07-01 12:00:00,a|b\n"
    '2,bob@acme.example,"The ""Hague"", NL",-0.50,,,false,,,\n'
    "3,,NULL,,0.001,-12,,1999-12-31,2024-01-01 00:30:00,c\n"
)
MEMBERS = "select profile_id from {{ ref('profiles') }} where city is null or city != 'gone'\n"


def export(lines: str, name: str = "out", file_name: str = "out.csv") -> str:
    head = f"- name: {name}\n  kind: export_profiles\n  segment: people_in\n  directory: in\n"
    body = "".join(f"  {line}\n" for line in lines.strip().splitlines())
    return f'{head}  file_name: "{file_name}"\n{body}'


EVERY = """
columns:
  - {header: ID, property: id}
  - {header: EMAIL, property: email}
  - {header: CITY, property: city}
  - {header: SPENT, property: spent}
  - {header: SCORE, property: score}
  - {header: VISITS, property: visits}
  - {header: WANTED, property: wanted}
  - {header: BORN, property: born}
  - {header: SEEN, property: seen_at}
  - {header: TAGS, property: tags}
"""
SHORT = """
columns:
  - {header: ID, property: id}
  - {header: CITY, property: city}
"""


@pytest.fixture
def people(shop: Workshop) -> Workshop:
    """Three profiles, all in a segment."""
    shop.properties(PROPERTIES)
    shop.write("models/segments/people_in.sql", MEMBERS)
    shop.drop("people_1.csv", HEAD + LINES)
    return shop


def declare(shop: Workshop, *goals: str) -> None:
    shop.goals(IMPORT + "".join(goals))


def sent(shop: Workshop, name: str = "out.csv") -> bytes:
    return (shop.folder / "drop/in" / name).read_bytes()


def names(shop: Workshop) -> list[str]:
    return sorted(path.name for path in (shop.folder / "drop/in").iterdir())


def rows_of(data: bytes, encoding: str = "utf-8") -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode(encoding), newline="")))


def by_id(data: bytes) -> dict[str, list[str]]:
    return {row[0]: row[1:] for row in rows_of(data)[1:]}


FORM = """
format:
  separator: ";"
  decimal: ","
  thousands: "."
  true_value: J
  false_value: N
  null_value: NULL
  date_format: "%d-%m-%Y"
  datetime_format: "%d-%m-%Y %H:%M"
  timezone: Europe/Amsterdam
"""
HASHED = """
columns:
  - {header: ID, property: id}
  - {header: EMAIL, property: email, hash: sha256}
  - {header: TAGS, property: tags, hash: sha256}
"""
MADE = """
format: {decimal: ","}
columns:
  - {header: ID, property: id}
  - {header: WHO, expression: "upper(city) || '{{ var('mark', '!') }}'"}
  - {header: NET, expression: "spent / 2", type: "decimal(18,2)"}
  - header: OLD
    expression: |
      born < date '2000-01-01' -- before the year 2000
    type: boolean
"""
TITLES = """
columns:
  - {header: ID, property: id}
  - {header: IDS, segments: all}
  - {header: TITLES, segments: all, segments_as: titles}
"""
LEVELS = """
columns:
  - {header: ID, property: id}
  - {header: LEVEL, permission_level: true}
  - {header: SEEN, viewed_interactions: all}
"""


@pytest.fixture(scope="module")
def exported(shared_shop: Workshop) -> Workshop:
    """Three profiles, exported in many ways by one build."""
    shop = shared_shop
    shop.properties(PROPERTIES)
    shop.write("models/segments/people_in.sql", MEMBERS)
    shop.write(
        "models/segments/people_in.yml",
        "models:\n  - {name: people_in, title: 'Everybody, here'}\n",
    )
    shop.write("models/segments/some.sql", "select profile_id from {{ ref('profiles') }}\n")
    shop.drop("people_1.csv", HEAD + LINES)
    shop.drop("levels.csv", "id,level,seen\n1,anonymous,banner|popup\n")
    parts = 'max_rows_per_file: 2\ntrigger: "{name}.ok"' + SHORT
    shop.goals(
        IMPORT
        + LEVELLED
        + export(FORM + EVERY, "form", "form.csv")
        + export("format: {decimals: 1, line_end: crlf, header: false}" + EVERY, "crlf", "crlf.csv")
        + export("format: {quoting: all}" + EVERY, "quoted", "quoted.csv")
        + export("format: {encoding: utf-16-le, bom: true}" + SHORT, "marked", "marked.csv")
        + export("format: {compression: gzip}" + SHORT, "gzip", "gzip.csv")
        + export("format: {compression: zip}" + SHORT, "zip", "zip.csv")
        + export(HASHED, "hashed", "hashed.csv")
        + export(MADE, "made", "made.csv")
        + export(TITLES, "titles", "titles.csv")
        + export(LEVELS, "personal", "personal.csv")
        + export(parts, "parts", "{goal}_{part:2}.csv")
        + export(SHORT, "named", "{connection}-{build_id}.csv")
    )
    shop.build()
    return shop


@pytest.mark.both_engines
def test_values_are_written_as_the_format_says(exported: Workshop) -> None:
    assert sorted(sent(exported, "form.csv").decode().splitlines()) == [
        "1;Ann@Acme.example;Delft;1.234.567,50;-1.234,5678;1.234.567;J;29-02-2024;01-07-2024 14:00;a|b",
        '2;bob@acme.example;"The ""Hague"", NL";-0,50;NULL;NULL;N;NULL;NULL;NULL',
        '3;NULL;"NULL";NULL;0,001;-12;NULL;31-12-1999;01-01-2024 01:30;c',
        "ID;EMAIL;CITY;SPENT;SCORE;VISITS;WANTED;BORN;SEEN;TAGS",
    ]
    lines = sent(exported, "crlf.csv").split(b"\r\n")
    assert lines[-1] == b""
    assert b"\n" not in b"".join(lines)
    assert sorted(lines)[1].split(b",")[3:5] == [b"1234567.5", b"-1234.6"]
    assert len(lines) == 4
    header, *lines = sent(exported, "quoted.csv").decode().splitlines()
    assert header.startswith('"ID","EMAIL",')
    assert '"2","bob@acme.example","The ""Hague"", NL","-0.50",,,"false",,,' in lines
    text = sent(exported, "marked.csv").decode("utf-16-le")
    assert text.startswith("\ufeffID,CITY\n")
    assert text.count("\ufeff") == 1


@pytest.mark.both_engines
def test_columns_are_hashes_expressions_segments_and_levels(exported: Workshop) -> None:
    """A hash is of the text in lower case without blanks; a segment may be shown by its title."""
    texts = ("ann@acme.example", "a", "b")
    email, *tags = (hashlib.sha256(text.encode()).hexdigest() for text in texts)
    hashed = by_id(sent(exported, "hashed.csv"))
    assert (hashed["1"], hashed["3"][0]) == ([email, "|".join(tags)], "")
    made = by_id(sent(exported, "made.csv"))
    assert made["1"] == ["DELFT!", "617283,75", "false"]
    assert made["3"] == ["NULL!", "", "true"]
    assert by_id(sent(exported, "titles.csv"))["1"] == ["people_in|some", "Everybody, here|some"]
    levels = by_id(sent(exported, "personal.csv"))
    assert (levels["1"], levels["2"]) == (["anonymous", "banner|popup"], ["personal", ""])


@pytest.mark.both_engines
def test_files_have_at_most_so_many_rows_and_a_trigger_each(exported: Workshop) -> None:
    found = [name for name in names(exported) if name.startswith("parts")]
    assert found == ["parts_01.csv", "parts_01.csv.ok", "parts_02.csv", "parts_02.csv.ok"]
    first, second = sent(exported, "parts_01.csv"), sent(exported, "parts_02.csv")
    assert (len(rows_of(first)), len(rows_of(second))) == (3, 2)
    assert {**by_id(first), **by_id(second)}.keys() == {"1", "2", "3"}
    assert json.loads(sent(exported, "parts_02.csv.ok")) == {
        "file": "parts_02.csv",
        "rows": 1,
        "bytes": len(second),
        "sha256": hashlib.sha256(second).hexdigest(),
    }
    (name,) = (name for name in names(exported) if name.startswith("shop-20"))
    assert name.endswith("Z.csv")


def test_second_build_gives_the_same_bytes(exported: Workshop, tmp_path: Path) -> None:
    """Also compressed, and where `target/` was lost."""
    shop = exported.copied(tmp_path / "shop")
    # Without a header no one could tell later whose file it is.
    (shop.folder / "drop/in/crlf.csv").unlink()
    first = {name: sent(shop, name) for name in names(shop) if not name.startswith("shop-")}
    shutil.rmtree(shop.folder / "target/sent/local")
    shop.build()
    assert {name: sent(shop, name) for name in first} == first
    with zipfile.ZipFile(io.BytesIO(first["zip.csv.zip"])) as archive:
        assert archive.namelist() == ["zip.csv"]
        assert archive.testzip() is None
        plain = archive.read("zip.csv")
    assert plain == gzip.decompress(first["gzip.csv.gz"])
    assert first["gzip.csv.gz"][4:8] == b"\0\0\0\0"
    assert by_id(plain)["1"] == ["Delft"]


def test_mistake_in_an_expression_is_told_at_its_line(people: Workshop) -> None:
    declare(
        people,
        export(
            'columns:\n  - {header: ID, property: id}\n  - {header: X, expression: "upper(citty)"}\n'
        ),
    )
    ended = people.run("build")
    assert ended.code == 1
    assert "connections/shop.yml:26" in ended.stdout
    assert "citty" in ended.stdout


@pytest.mark.any_engine
def test_file_of_somebody_else_is_left_alone_x2(people: Workshop) -> None:
    people.drop("in/out.csv", "mine\n")
    declare(people, export(SHORT))
    ended = people.run("build")
    assert ended.code == 1
    assert "this goal did not write it" in ended.stdout
    assert names(people) == ["out.csv"]
    assert sent(people) == b"mine\n"


TELLING = """
- name: people
  kind: import_profiles
  files: {people: {path: "people*.csv"}}
  identify: {create_profiles: true, by: [{id: id}]}
  map: {city: city, visits: visits}
"""


@pytest.fixture
def telling(shop: Workshop) -> Workshop:
    """Three profiles in a segment, whom files with three columns change."""
    shop.properties(PROPERTIES)
    shop.write("models/segments/people_in.sql", MEMBERS)
    tell(shop, "1,Delft,1", "2,Gouda,1", "3,Gent,1")
    return shop


def tell(shop: Workshop, *lines: str) -> None:
    shop.drop(f"people_{shop.drops}.csv", "\n".join(["id,city,visits", *lines, ""]))


THREE = "changes: added_changed_removed" + SHORT
CHANGE = "  - {header: CHANGE, change: true}\n"


def test_changes_since_the_last_export_are_sent_x4(telling: Workshop) -> None:
    """To a file for each change, in parts, with a column, or what changed alone."""
    parts = export("max_rows_per_file: 2\n" + THREE, "parts", "parts_{change}_{part}.csv")
    changed = export("changes: changed" + SHORT, "changed", "{build_id}.csv")
    column = export(THREE + CHANGE, "column", "column.csv")
    telling.goals(TELLING + export(THREE, file_name="{change}.csv") + parts + changed + column)
    assert telling.build()["shop.out"]["message"] == "3 added"
    added, *rest = sorted(set(names(telling)) - {"column.csv"})[1:]
    assert [added, *rest] == [
        *("added.csv", "changed.csv", "parts_added_1.csv", "parts_added_2.csv"),
        *("parts_changed_1.csv", "parts_removed_1.csv", "removed.csv"),
    ]
    assert by_id(sent(telling, "added.csv")).keys() == {"1", "2", "3"}
    assert rows_of(sent(telling, "changed.csv")) == [["ID", "CITY"]]
    before = set(names(telling))

    tell(telling, "1,Delft,9")
    assert telling.build()["shop.changed"]["status"] == "success"
    tell(telling, "3,gone,1")
    telling.build()
    assert set(names(telling)) == before - {"parts_added_2.csv"}
    tell(telling, "4,Gent,1", "2,Breda,1", "1,gone,9", "3,Gent,1")
    told = telling.build()["shop.out"]
    assert told["message"] == "2 added, 1 changed, 1 removed"
    assert by_id(sent(telling, "added.csv")) == {"4": ["Gent"], "3": ["Gent"]}
    assert by_id(sent(telling, "changed.csv")) == {"2": ["Breda"]}
    assert by_id(sent(telling, "removed.csv")) == {"1": [""]}
    assert by_id(sent(telling, "column.csv")) == {
        **{number: ["Gent", "added"] for number in "34"},
        "2": ["Breda", "changed"],
        "1": ["", "removed"],
    }
    first, last = sorted(name for name in names(telling) if name.startswith("20"))
    assert by_id(sent(telling, last)).keys() == {"2", "3", "4"}
    assert first < last
    files = {name: sent(telling, name) for name in names(telling)}
    assert "nothing changed" in telling.build("--full-refresh")["shop.changed"]["message"]
    assert {name: sent(telling, name) for name in names(telling)} == files


@pytest.mark.any_engine
def test_changed_export_that_fails_sends_the_same_changes_again(telling: Workshop) -> None:
    """X2: what was sent is kept only after the rename."""
    telling.goals(TELLING + export("changes: changed" + SHORT))
    telling.build()
    tell(telling, "1,Breda,9")
    blocked = telling.folder / "drop/in"
    blocked.rename(telling.folder / "drop/kept")
    blocked.write_text("a file where the directory was")
    assert telling.run("build").code == 4
    blocked.unlink()
    (telling.folder / "drop/kept").rename(blocked)
    telling.build()
    assert by_id(sent(telling)) == {"1": ["Breda"]}


HOSTILE = [
    *("plain", "", " blank ", "a,b", 'a"b', "a;b", "line\nend", "cr\rlf\r\n", "'=1+1", "NULL"),
    *("null", "#no", "\t", "\\", "\\n", "ünïcødé", "0", "true", "|", '""', "NaN", "-", "x" * 70000),
]
DIALECTS = {
    "plain": "{}",
    "all": '{quoting: all, separator: ";", line_end: crlf}',
    "null": '{null_value: NULL, quote: "\'", separator: "\\t"}',
    "bom": "{bom: true, quoting: all}",
}


def test_every_reader_gets_what_the_warehouse_has_x3(shop: Workshop) -> None:
    shop.properties("id: {identifier: true}\ncity: text\nvisits: integer\nspent: decimal(18,2)")
    shop.write("models/segments/people_in.sql", "select profile_id from {{ ref('profiles') }}")
    values = "".join(
        f'{number},"{value.replace(chr(34), chr(34) * 2)}",{number},{number}.25\n'
        for number, value in enumerate(HOSTILE)
    )
    shop.drop("people.csv", f"id,city,visits,spent\n{values}".encode())
    goal = TELLING.replace("visits: visits}", "visits: visits, spent: spent}").replace(
        '"people*.csv"', '"people*.csv", format: {trim: false}'
    )
    more = "  - {header: VISITS, property: visits}\n  - {header: SPENT, property: spent}\n"
    exports = (
        export(f"format: {form}{SHORT}{more}", f"as_{name}", f"{name}.csv")
        for name, form in DIALECTS.items()
    )
    shop.goals(goal + "".join(exports))
    shop.build()
    expected = shop.rows("select id, city, visits, spent::varchar from profiles")
    assert sent(shop, "bom.csv").startswith(b"\xef\xbb\xbf")
    for dialect in DIALECTS:
        check_readers(shop.folder / f"drop/in/{dialect}.csv", dialect, expected)


def check_readers(path: Path, dialect: str, expected: list[tuple[object, ...]]) -> None:
    """DuckDB, Python and pandas read the rows back."""
    import pandas  # noqa: PLC0415 - here it is loaded by the worker that needs it

    null = "NULL" if dialect == "null" else ""
    delimiter = {"all": ";", "null": "\t"}.get(dialect, ",")
    quote = "'" if dialect == "null" else '"'
    read = read_by_duckdb(path, delimiter, quote, null)
    assert sorted(map(str, read)) == sorted(map(str, expected)), dialect
    texts = sorted(tuple(null if v is None else str(v) for v in row) for row in expected)
    assert sorted(read_by_csv(path, delimiter, quote)) == texts, dialect
    frame = pandas.read_csv(
        path, sep=delimiter, quotechar=quote, dtype=str, keep_default_na=False, encoding="utf-8-sig"
    )
    assert sorted(frame.itertuples(index=False, name=None)) == texts, dialect


def read_by_duckdb(path: Path, delimiter: str, quote: str, null: str) -> list[tuple[object, ...]]:
    kinds = "{'ID': 'varchar', 'CITY': 'varchar', 'VISITS': 'bigint', 'SPENT': 'varchar'}"
    return (
        duckdb.connect()
        .execute(
            "from read_csv(?, delim = ?, quote = ?, escape = ?, nullstr = ?, header = true,"
            f" auto_detect = false, allow_quoted_nulls = false, columns = {kinds})",
            [str(path), delimiter, quote, quote, null],
        )
        .fetchall()
    )


def read_by_csv(path: Path, delimiter: str, quote: str) -> list[tuple[str, ...]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file, delimiter=delimiter, quotechar=quote, strict=True))
    return [tuple(row) for row in rows[1:]]


KILLED = """
import os, signal, sys
from runner.publish.sent import Sent
Sent.keep = lambda sent: os.kill(os.getpid(), signal.SIGKILL)
from runner.cli import main
main()
"""


@pytest.mark.any_engine
def test_killed_between_rename_and_state_ends_as_if_nothing_happened_b3(telling: Workshop) -> None:
    telling.goals(TELLING + export('trigger: "{name}.ok"\n' + THREE, file_name="{change}.csv"))
    telling.build()
    tell(telling, "4,Gent,1", "2,Breda,1", "3,gone,1")
    killed = subprocess.run(
        [sys.executable, "-c", KILLED, "build", "--project-dir", str(telling.folder)], check=False
    )
    assert killed.returncode == -signal.SIGKILL
    first = {name: sent(telling, name) for name in names(telling)}
    assert by_id(first["added.csv"]) == {"4": ["Gent"]}
    assert telling.build()["shop.out"]["message"] == "1 added, 1 changed, 1 removed"
    assert {name: sent(telling, name) for name in names(telling)} == first
    assert "nothing changed" in telling.build()["shop.out"]["message"]
    assert {name: sent(telling, name) for name in names(telling)} == first


EVENT_TYPE = """\
title: Visit
properties:
  page: {type: text, title: "Page, seen"}
  cost: {type: decimal}
nested:
  things:
    identifier: name
    properties: {name: text, amount: integer}
"""
VISITS = """
- name: people
  kind: import_profiles
  files: {people: {path: "people*.csv"}, visits: {path: visits.csv, join: {id: people.id}, optional: true}}
  identify: {create_profiles: true, by: [{id: people.id}]}
  map: {city: people.city}
  events:
    - type: visit
      id: visits.visit
      at: visits.at
      properties: {page: visits.page, cost: visits.cost}
      nested: {things: {name: visits.thing, amount: visits.amount}}
"""
VISIT_LINES = (
    "id,visit,at,page,cost,thing,amount\n"
    '1,v1,2024-03-01 10:00:00,"a;b",1.5,x,1\n'
    '1,v1,2024-03-01 10:00:00,"a;b",1.5,y,2\n'
    "2,v2,2024-03-31 21:59:59,b,2,,\n"
    "3,v3,2024-03-31 22:00:00,c,3,z,3\n"
)
EVENTS = """
format: {separator: ";", decimal: ",", timezone: Europe/Amsterdam}
events: {types: [visit], period: {from: 2024-03-01, to: 2024-03-31}, file_name: "{goal}_{event}.csv"}
columns:
  - {header: ID, property: id}
"""


@pytest.fixture
def visited(shop: Workshop) -> Workshop:
    """Three profiles with an event each, one with nested things."""
    shop.properties(PROPERTIES)
    shop.write("models/segments/people_in.sql", MEMBERS)
    shop.write("models/events/visit.yml", EVENT_TYPE)
    shop.drop("visits.csv", VISIT_LINES)
    shop.drop("people_1.csv", "id,city\n1,Delft\n2,Gouda\n3,Gent\n")
    return shop


@pytest.mark.both_engines
def test_events_of_a_period_go_to_a_file_per_type_and_per_list(visited: Workshop) -> None:
    visited.goals(VISITS + export(EVENTS))
    visited.build()
    assert names(visited) == ["out.csv", "out_visit.csv", "out_visit_things.csv"]
    ids = dict(visited.rows("select id, profile_id::varchar from profiles"))
    assert sent(visited, "out_visit.csv").decode().splitlines()[0] == (
        "profile_id;event_id;occurred_at;Page, seen;cost"
    )
    lines = sorted(sent(visited, "out_visit.csv").decode().splitlines()[1:])
    assert lines == sorted(
        [
            f'{ids["1"]};v1;2024-03-01 11:00:00;"a;b";1,5',
            f"{ids['2']};v2;2024-03-31 23:59:59;b;2",
        ]
    )
    assert sent(visited, "out_visit_things.csv").decode().splitlines() == [
        "profile_id;event_id;position;name;amount",
        f"{ids['1']};v1;1;x;1",
        f"{ids['1']};v1;2;y;2",
    ]


def test_changed_event_makes_its_profile_changed_x4(visited: Workshop) -> None:
    last = EVENTS.replace(
        "types: [visit], period: {from: 2024-03-01, to: 2024-03-31}", "period: last 30 days"
    )
    all_types = export(last, "two", "two.csv")
    skipped = export("when_empty: skip" + last, "three", "three.csv")
    visited.goals(VISITS + export("changes: changed" + EVENTS) + all_types + skipped)
    visited.build()
    assert len(rows_of(sent(visited))) == 4
    assert {"two_interaction.csv", "two_order_product.csv"} < set(names(visited))
    assert len(sent(visited, "two_visit.csv").decode().splitlines()) == 1
    assert "three_visit.csv" not in names(visited)
    files = {name: sent(visited, name) for name in names(visited)}
    assert "nothing changed" in visited.build()["shop.out"]["message"]
    assert {name: sent(visited, name) for name in names(visited)} == files
    visited.drop("visits.csv", VISIT_LINES.replace("x,1", "x,9"))
    visited.build()
    assert rows_of(sent(visited))[1:] == [["1"]]
    assert len(sent(visited, "out_visit.csv").decode().splitlines()) == 2
    things = sent(visited, "out_visit_things.csv").decode().splitlines()
    assert [line.split(";", 1)[1] for line in things[1:]] == ["v1;1;x;9", "v1;2;y;2"]


def test_count_tells_members_and_why_some_are_left_out_x1(telling: Workshop) -> None:
    city = "columns:\n  - {header: CITY, property: city}\n"
    telling.goals(TELLING + export(city, "all", "a.csv") + export(THREE, "three", "{change}.csv"))
    tell(telling, "9,,1")
    telling.build()
    tell(telling, "2,Breda,1")
    telling.build("--exclude", "shop.all", "--exclude", "shop.three")
    told = telling.run("count")
    assert told.code == 0
    assert "4 members of people_in, 3 exportable" in told.stdout
    assert "1 left out: no value in any exported property" in told.stdout
    assert "since the last export: 0 added, 1 changed, 0 removed" in told.stdout
    goals = json.loads(telling.run("count", "shop.three", "--json").stdout)["goals"]
    assert [goal["exportable"] for goal in goals] == [4]


@pytest.mark.any_engine
def test_goal_that_cannot_be_counted_is_reported_and_the_others_are_counted(
    telling: Workshop,
) -> None:
    """The preview lists the files in the directory of an export."""
    telling.goals(TELLING + export(THREE, "three", "{change}.csv") + export(SHORT))
    telling.build()
    telling.drop("in/other.csv", "theirs\n")
    told = telling.run("preview", "out").stdout
    assert "out.csv  " in told
    assert "other.csv  7 B" in told
    telling.write("target/sent/local/shop.three.parquet", "damaged")
    counted = telling.run("count", "--json")
    assert counted.code == 1, counted.told
    three, out = json.loads(counted.stdout)["goals"]
    assert "the record of what was sent cannot be read" in three["error"]
    assert (out["name"], out["members"]) == ("shop.out", 3)
