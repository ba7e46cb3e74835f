"""Lines that do not fit are set aside with their number; the others go on (R1, R2, R6, R7, F7)."""

import gzip
import io
import zipfile

import pytest

from tests.functional.workshop import Workshop

pytestmark = pytest.mark.any_engine

PROPERTIES = """\
id: {identifier: true}
name: text
amount: decimal(18,2)
born: date
seen_at: datetime
"""
GOAL = """\
- name: rows
  kind: import_profiles
  files: {{rows: {{path: "rows*"}}}}
  format: {{{form}}}
  identify: {{by: [{{id: rows.id}}]}}
  map: {{name: rows.name, amount: {{from: rows.amount, strategy: sum}}}}
"""
BACKSLASH = "quote: '', escape: '\\', thousands: ',', header: [id, name, amount]"
TORN = (
    b"id,name,amount\n"
    b"1,Anna,1.00\n"
    b"2,Bert\n"
    b"3,Cleo,3.00,too much\n"
    b"\n"
    b'4,"Dora\nthe second",4.00\n'
    b'5,"Eve",5.00\n'
    b'6,"Fred" x,6.00\n'
    b"7,G\xffry,7.00\n"
    b"8,Hugo,8.00,,\n"
    b'9,"Ida, of Delft",9.00\n'
    b'10,"Jan,10.00\n'
)


def declare(shop: Workshop) -> None:
    """Declare the goal, and its properties."""
    shop.properties(PROPERTIES)
    shop.goals(GOAL.format(form=""))


def test_a_bad_byte_beyond_the_used_columns_costs_its_line_and_not_the_build(
    shop: Workshop,
) -> None:
    shop.properties(PROPERTIES)
    one = "- {name: one, kind: import_profiles, files: {o: o.csv}, identify: {by: [{id: o.id}]},"
    shop.goals(
        one + " map: {name: o.city}}\n" + one.replace("one", "two") + " map: {name: o.id}}\n"
    )
    shop.drop("o.csv", b"x,id,city,y\n0,1,Berl\xedn,2\n0,2,Bonn,3\n")
    result = shop.build()["shop.one"]
    assert [file["rejected"] for file in result["files"]] == [1]
    assert shop.profiles("id, name") == [("2", "2")]


def test_torn_lines_are_set_aside_with_their_numbers_and_the_rest_is_applied(
    shop: Workshop,
) -> None:
    declare(shop)
    shop.drop("rows.csv", TORN)
    result = shop.build()["shop.rows"]
    assert shop.profiles("id, name, amount::varchar", "id::int") == [
        ("1", "Anna", "1.00"),
        ("4", "Dora\nthe second", "4.00"),
        ("5", "Eve", "5.00"),
        ("9", "Ida, of Delft", "9.00"),
    ]
    rejects = shop.rows("select file, line, reason, value from runner.rejects order by line")
    assert [row[:3] for row in rejects] == [
        ("rows.csv", 3, "too_few_fields"),
        ("rows.csv", 4, "too_many_fields"),
        ("rows.csv", 9, "text_after_quote"),
        ("rows.csv", 10, "bad_byte"),
        ("rows.csv", 11, "too_many_fields"),
        ("rows.csv", 13, "unclosed_quote"),
    ]
    assert rejects[0][3] == "2,Bert"
    (book,) = result["files"]
    assert (book["lines"], book["records"], book["blank"], book["rejected"]) == (13, 4, 1, 6)
    assert result["rejects"] == 6
    before = shop.profiles(), shop.rows("from runner.rejects order by all")
    shop.build()
    assert (shop.profiles(), shop.rows("from runner.rejects order by all")) == before


def test_lines_of_a_torn_file_add_up(shop: Workshop) -> None:
    """R7: lines = header + records + blank + rejected, a record of two lines counted as two."""
    declare(shop)
    shop.drop("rows.csv", TORN.replace(b'"Dora\nthe second"', b"Dora"))
    (book,) = shop.build()["shop.rows"]["files"]
    told = book["header"] + book["records"] + book["blank"] + book["rejected"]
    assert told == book["lines"] == 12


def test_more_rejects_than_allowed_fail_the_goal_and_keep_nothing(shop: Workshop) -> None:
    declare(shop)
    shop.goals(GOAL.format(form="") + "  max_rejects: 5\n")
    shop.drop("rows.csv", TORN)
    ended = shop.run("build")
    assert ended.code == 1
    assert "`max_rejects` allows 5" in ended.stdout
    assert "connections/shop.yml:11:" in ended.stdout
    assert shop.rows("select count(*) from profiles") == [(0,)]
    shop.goals(GOAL.format(form="") + "  max_rejects: 60%\n")
    shop.build()
    assert shop.rows("select count(*) from profiles") == [(4,)]


DIALECTS = (
    ("", b"\xef\xbb\xbfid,name,amount\r\n0,Zo\xc3\xab,1.50\r\n"),
    (
        "encoding: windows-1252, separator: ';', decimal: ','",
        b"id;name;amount\n1;Zo\xeb;1,50\n",
    ),
    (
        "encoding: utf-16, separator: tab",
        "id\tname\tamount\n2\tZo\u00eb\t1.50\n".encode("utf-16"),
    ),
    (BACKSLASH, b"3,Zo\xc3\xab,0\\,001.50\n"),
    (
        "separator: '||', thousands: '.', decimal: ','",
        b"id||name||amount\n4||Zo\xc3\xab||0.001,50\n",
    ),
    ('skip_lines: 2, quote: "\'"', b"made today\n\nid,name,amount\n5,'Zo\xc3\xab',1.50\n"),
    ("null_values: [NULL, '-']", b"id,name,amount\n6,Zo\xc3\xab,1.50\n6,-,NULL\n"),
)
"""The format of a goal, and a file in it: the number of its line in this list, a name, an amount."""


def test_stated_dialect_is_read(shop: Workshop) -> None:
    shop.properties(PROPERTIES)
    goals = []
    for number, (form, content) in enumerate(DIALECTS):
        goal = GOAL.format(form=form).replace("name: rows\n", f"name: rows_{number}\n", 1)
        goals.append(goal.replace('"rows*"', f"rows_{number}.csv"))
        shop.drop(f"rows_{number}.csv", content)
    shop.goals("".join(goals))
    shop.build()
    assert shop.profiles("id, name, amount::varchar") == [
        (str(number), "Zo\u00eb", "1.50") for number in range(len(DIALECTS))
    ]


def test_gzip_and_zip_are_opened_by_content(shop: Workshop) -> None:
    """F7: whatever their names are."""
    declare(shop)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("inner.csv", "id,name,amount\n2,Bert,2.00\n")
    shop.drop("rows_1.csv", gzip.compress(b"id,name,amount\n1,Anna,1.00\n"))
    shop.drop("rows_2.csv", packed.getvalue())
    shop.build()
    assert shop.profiles("id, name") == [("1", "Anna"), ("2", "Bert")]


def test_file_with_a_header_alone_is_no_error(shop: Workshop) -> None:
    declare(shop)
    shop.drop("rows_1.csv", "id,name,amount\n")
    shop.drop("rows_2.csv", "id,name,amount\n1,Anna,1.00")
    result = shop.build()["shop.rows"]
    assert [book["records"] for book in result["files"]] == [0, 1]
    assert shop.profiles("id") == [("1",)]


def test_dates_and_times_are_read_by_the_stated_formats_and_kept_in_utc(shop: Workshop) -> None:
    shop.properties(PROPERTIES)
    shop.goals(
        """\
        - name: rows
          kind: import_profiles
          files: {rows: rows.csv}
          format:
            date_format: ["%d-%m-%Y", "%Y%m%d"]
            datetime_format: "%d-%m-%Y %H:%M"
            timezone: Europe/Amsterdam
          identify: {by: [{id: rows.id}]}
          map: {born: rows.born, seen_at: rows.seen}
        """
    )
    shop.drop(
        "rows.csv",
        "id,born,seen\n1,31-01-1990,01-07-2024 12:00\n2,19900131,01-01-2024 12:00\n3,1990-01-31,05-05-2024\n",
    )
    shop.build()
    assert shop.profiles("id, born::varchar, seen_at::varchar") == [
        ("1", "1990-01-31", "2024-07-01 10:00:00"),
        ("2", "1990-01-31", "2024-01-01 11:00:00"),
        ("3", None, "2024-05-04 22:00:00"),
    ]
    assert shop.rows("select line, property, reason, value from runner.rejects") == [
        (4, "born", "not a date", "1990-01-31")
    ]
