"""Values of every spelling that a format can state are read, or listed; none is wrong silently (R6)."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.functional.workshop import Workshop

MACROS = Path(__file__).parents[2] / "macros"
GOAL = """\
- name: {name}
  kind: import_profiles
  files: {{rows: {name}.csv}}
  format: {{separator: ";", {form}}}
  identify: {{by: [{{id: rows.id}}]}}
  map: {{{name}: "{value}"}}
"""
OWN_NAMES = """\
- name: own_names
  kind: import_profiles
  files: {line_items: own_names.csv}
  process:
    - set: {value_total: "line_items.total || '0'", key_1: "'k' || line_items.id", line_number: line_items.line_number}
  identify: {by: [{id: key_1}]}
  map: {total: value_total, note: line_number}
"""


@dataclass(frozen=True)
class Case:
    """A type and a format, and how each text is read: `-` where it is listed."""

    kind: str
    form: str
    texts: dict[str, str | None]
    value: str = "rows.value"


CASES = {
    "whole": Case(
        "integer",
        "decimal: '.'",
        {
            "12": "12",
            "12.0": "12",
            "12.5": "-",
            "1,234": "-",
            "-7": "-7",
            "99999999999999999999": "-",
            "1e3": "-",
        },
    ),
    "money": Case(
        "decimal(18,2)",
        "decimal: ','",
        {"\u20ac 1.234,50": "1234.50", "12,-": "12.00", "(3,00)": "-3.00", "ten": None},
        "{{ parse_money('rows.value', decimal=',') }}",
    ),
    "percent": Case(
        "decimal(18,4)",
        "decimal: ','",
        {"12,5 %": "0.1250", "12,5": None},
        "{{ parse_percent('rows.value', decimal=',') }}",
    ),
    "booleans": Case(
        "boolean",
        "decimal: '.'",
        {
            **dict.fromkeys(("true", "T", "Yes", "y", "1", "ON"), "true"),
            **dict.fromkeys(("False", "f", "NO", "n", "0", "off"), "false"),
            **dict.fromkeys(("ja", "2"), "-"),
        },
    ),
    "stated_booleans": Case(
        "boolean",
        "true_values: [ja, X], false_values: [Nee, '-']",
        {"JA": "true", "x": "true", "nee": "false", "-": "false", "true": "-", "": None},
    ),
    "no_value": Case(
        "integer",
        "null_values: ['', NULL, n/a, '-']",
        {"NULL": None, "n/a": None, "-": None, " ": None, "null": "-", "3": "3"},
    ),
    "ids": Case(
        "text",
        "decimal: ','",
        {
            text: text
            for text in (
                "00042",
                "00042.0",
                "1e5",
                "007-X",
                "12,50",
                "9007199254740993",
                "true",
                "2024-01-01",
            )
        },
    ),
    "several_formats": Case(
        "date",
        "date_format: ['%d-%m-%Y', '%d-%m-%y', '%Y%m%d', '%m-%d-%Y']",
        {
            "01-02-2024": "2024-02-01",
            "01-02-24": "2024-02-01",
            "20240201": "2024-02-01",
            "02-13-2024": "2024-02-13",
            "2024/02/01": "-",
        },
    ),
    "times": Case(
        "datetime",
        "datetime_format: ['%Y-%m-%d %H:%M:%S%z', '%Y-%m-%d %H:%M %Z', '%Y-%m-%d %H:%M:%S',"
        " '%d-%m-%Y %I:%M %p', 'yyyy-MM-ddTHH:mm:ss.SSS'], timezone: Europe/Amsterdam,"
        " zones: {CST: '-06:00'}",
        {
            "2024-07-01 12:00:00": "2024-07-01 10:00:00",
            "2024-01-01 12:00:00": "2024-01-01 11:00:00",
            "2024-01-01 12:00:00Z": "2024-01-01 12:00:00",
            "2024-01-01 12:00:00+05:30": "2024-01-01 06:30:00",
            "2024-01-01 12:00:00-0130": "2024-01-01 13:30:00",
            "2024-01-01 12:00 America/New_York": "2024-01-01 17:00:00",
            "2024-07-01 12:00 EST": "2024-07-01 17:00:00",
            "2024-07-01 12:00 CST": "2024-07-01 18:00:00",
            "2024-07-01 12:00 BST": "-",
            "2024-07-01 12:00 Mars/Olympus": "-",
            "2024-07-01 12:00:00+25:00": "-",
            "epoch": "-",
            "01-07-2024 02:30 PM": "2024-07-01 12:30:00",
            "2024-01-01T12:00:00.250": "2024-01-01 11:00:00.25",
            # Twice on the clock: the later; not on it at all: as if it had not been put forward.
            "2024-10-27 02:30:00": "2024-10-27 01:30:00",
            "2024-03-31 02:30:00": "2024-03-31 01:30:00",
            "0024-01-01 12:00:00": "-",
            "2024-01-01 25:00:00": "-",
            "2024-01-01": "2023-12-31 23:00:00",
        },
    ),
    "written_dates": Case(
        "date",
        "date_format: [\"yyyy-MM-dd'T'HH:mm:ssXXX\", '%d-%m-%Y', '%Y-%m-%dZ'], timezone: Asia/Tokyo",
        dict.fromkeys(
            ("2024-01-01T00:30:00+02:00", "2024-01-01T23:30:00-11:00", "01-01-2024", "2024-01-01Z"),
            "2024-01-01",
        ),
    ),
}


@pytest.fixture(scope="module")
def built_shop(shared_shop: Workshop) -> Workshop:
    """A goal with a file for each case; its ids begin with its name."""
    shop = shared_shop
    declared = "".join(f"{name}: {case.kind}\n" for name, case in CASES.items())
    shop.properties(f"id: {{identifier: true}}\ntotal: integer\nnote: text\n{declared}")
    for name in ("parse_money", "parse_percent", "replace_matches"):
        shop.write(f"macros/{name}.sql", (MACROS / f"{name}.sql").read_text(encoding="utf-8"))
    goals = (
        GOAL.format(name=name, form=case.form, value=case.value) for name, case in CASES.items()
    )
    shop.goals("".join(goals) + OWN_NAMES)
    for name, case in CASES.items():
        lines = (f"{name} {number};{text}\n" for number, text in enumerate(case.texts, 1))
        shop.drop(f"{name}.csv", "id;value\n" + "".join(lines))
    shop.drop("own_names.csv", "id,total,line_number\n7,21,x\n")
    shop.build()
    return shop


@pytest.mark.parametrize("name", CASES)
def test_each_spelling_is_read_or_listed(built_shop: Workshop, name: str) -> None:
    texts = CASES[name].texts
    values = f"select {name}::varchar from profiles where starts_with(id, '{name} ')"
    read = built_shop.rows(f"{values} order by split_part(id, ' ', 2)::int")
    rejects = f"select line - 2, value from runner.rejects where file = '{name}.csv'"
    listed = dict(built_shop.rows(rejects))
    assert {number: list(texts)[number] for number in listed} == listed
    found = ["-" if number in listed else value for number, (value,) in enumerate(read)]
    assert dict(zip(texts, found, strict=True)) == texts
    assert not [number for number in listed if read[number] != (None,)]


def test_columns_of_the_goal_may_have_the_names_that_runner_gives_its_own(
    built_shop: Workshop,
) -> None:
    made = "select id, total, note from profiles where id = 'k7'"
    assert built_shop.rows(made) == [("k7", 210, "x")]


def test_one_mark_for_decimals_and_thousands_is_told_where_it_stands(shop: Workshop) -> None:
    shop.properties("id: {identifier: true}\nvalue: date")
    shop.goals(GOAL.format(name="value", form="decimal: ',', thousands: ','", value="rows.value"))
    ended = shop.run("build")
    assert ended.code == 2
    assert "`decimal` and `thousands` are both ','" in ended.told


def test_sum_is_exact_and_an_amount_that_overflows_is_a_reject(shop: Workshop) -> None:
    """R11: in one build and over two."""
    shop.properties("id: {identifier: true}\ntotal: decimal(18,2)\ncount: integer\n")
    shop.goals("""\
        - name: rows
          kind: import_profiles
          files: {rows: "rows_*.csv"}
          identify: {by: [{id: rows.id}]}
          map:
            total: {from: rows.total, strategy: sum}
            count: {from: rows.count, strategy: sum}
        """)
    lines = "".join(f"{number},a,0.004,\n" for number in range(500))
    shop.drop("rows_1.csv", f"number,id,total,count\n{lines}x,a,,9223372036854775807\n")
    shop.build()
    assert shop.profiles("total, count") == [(2, 9223372036854775807)]
    lines = "".join(f"{number},a,0.004,\n" for number in range(500, 1000))
    shop.drop("rows_2.csv", f"number,id,total,count\n{lines}y,a,,7\n")
    shop.build()
    assert shop.profiles("total, count") == [(4, 9223372036854775807)]
    assert shop.rows("select file, line, property, value from runner.rejects") == [
        ("rows_2.csv", 502, "count", "7")
    ]


def test_constant_counts_as_it_is_written(shop: Workshop) -> None:
    """For a text: `0123` is a code. A number is the number that it is."""
    shop.properties("id: text\ncode: text\nprice: decimal\nnote: text\nflag: boolean")
    shop.goals(
        """\
        - name: people
          kind: import_profiles
          files: {rows: people.csv}
          identify: {by: [{id: rows.id}]}
          map:
            code: {value: 0123}
            price: {value: 1.50}
            note: {from: "'{{ var('code') }}'"}
            flag: {value: true}
        """
    )
    shop.write(
        "runner_project.yml",
        "name: shop\nvars: {code: 0}\ntargets: {local: {warehouse: target/warehouse.duckdb}}\n",
    )
    shop.drop("people.csv", "id\n1\n")
    shop.build("--vars", "{code: 0456}")
    (found,) = shop.profiles("code, price, note, flag")
    assert (found[0], float(found[1]), *found[2:]) == ("0123", 1.5, "0456", True)
