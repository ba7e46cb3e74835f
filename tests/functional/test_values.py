"""Values of every spelling that a format can state are read, or listed; none is wrong silently (R6)."""

from pathlib import Path

from tests.functional.workshop import Workshop

MACROS = Path(__file__).parents[2] / "macros"

GOAL = """\
- name: rows
  kind: import_profiles
  files: {{rows: rows.csv}}
  format: {{separator: ";", {form}}}
  identify: {{by: [{{id: rows.id}}]}}
  map: {{value: "{value}"}}
"""


def read(shop: Workshop, kind: str, form: str, *texts: str, value: str = "rows.value") -> list:
    """Return each text as it was read, or `-` where it was listed."""
    shop.properties(f"id: {{identifier: true}}\nvalue: {kind}")
    shop.goals(GOAL.format(form=form, value=value))
    lines = "".join(f"{number};{text}\n" for number, text in enumerate(texts, 1))
    shop.drop("rows.csv", f"id;value\n{lines}".encode())
    shop.build()
    found = dict(shop.profiles("id::int, value::varchar"))
    listed = dict(shop.rows("select line - 1, value from runner.rejects"))
    assert {number: texts[number - 1] for number in listed} == listed
    assert not {number for number in listed if found[number] is not None}
    return ["-" if number in listed else found[number] for number in range(1, len(texts) + 1)]


def test_whole_numbers_are_whole(shop: Workshop) -> None:
    texts = ["12", "12.0", "12.5", "1,234", "-7", "99999999999999999999", "1e3"]
    assert read(shop, "integer", "decimal: '.'", *texts) == ["12", "12", "-", "-", "-7", "-", "-"]


def test_money_is_read_by_a_macro(shop: Workshop) -> None:
    name = "parse_money"
    shop.write(f"macros/{name}.sql", (MACROS / f"{name}.sql").read_text(encoding="utf-8"))
    money = "{{ parse_money('rows.value', decimal=',') }}"
    texts = ["\u20ac 1.234,50", "12,-", "(3,00)", "ten"]
    assert read(shop, "decimal(18,2)", "decimal: ','", *texts, value=money) == [
        "1234.50", "12.00", "-3.00", None,
    ]  # fmt: skip


def test_percent_is_read_by_a_macro(shop: Workshop) -> None:
    name = "parse_percent"
    shop.write(f"macros/{name}.sql", (MACROS / f"{name}.sql").read_text(encoding="utf-8"))
    percent = "{{ parse_percent('rows.value', decimal=',') }}"
    assert read(shop, "decimal(18,4)", "decimal: ','", "12,5 %", "12,5", value=percent) == [
        "0.1250", None,
    ]  # fmt: skip


def test_booleans_have_many_spellings(shop: Workshop) -> None:
    texts = ["true", "T", "Yes", "y", "1", "ON", "False", "f", "NO", "n", "0", "off", "ja", "2"]
    expected = ["true"] * 6 + ["false"] * 6 + ["-"] * 2
    assert read(shop, "boolean", "decimal: '.'", *texts) == expected


def test_booleans_are_spelled_as_the_format_says(shop: Workshop) -> None:
    form = "true_values: [ja, X], false_values: [Nee, '-']"
    assert read(shop, "boolean", form, "JA", "x", "nee", "-", "true", "") == [
        "true", "true", "false", "false", "-", None,
    ]  # fmt: skip


def test_words_that_mean_no_value_are_none(shop: Workshop) -> None:
    form = "null_values: ['', NULL, n/a, '-']"
    assert read(shop, "integer", form, "NULL", "n/a", "-", " ", "null", "3") == [
        None, None, None, None, "-", "3",
    ]  # fmt: skip


def test_ids_are_kept_as_they_are_written(shop: Workshop) -> None:
    texts = ["00042", "00042.0", "1e5", "007-X", "12,50", "9007199254740993", "true", "2024-01-01"]
    assert read(shop, "text", "decimal: ','", *texts) == texts


def test_date_formats_are_tried_in_order(shop: Workshop) -> None:
    form = "date_format: ['%d-%m-%Y', '%d-%m-%y', '%Y%m%d', '%m-%d-%Y']"
    texts = ["01-02-2024", "01-02-24", "20240201", "02-13-2024", "2024/02/01"]
    assert read(shop, "date", form, *texts) == [
        "2024-02-01", "2024-02-01", "2024-02-01", "2024-02-13", "-",
    ]  # fmt: skip


def test_times_are_put_into_utc_from_the_zone_that_they_say_or_the_format_says(
    shop: Workshop,
) -> None:
    form = (
        "datetime_format: ['%Y-%m-%d %H:%M:%S%z', '%Y-%m-%d %H:%M %Z', '%Y-%m-%d %H:%M:%S',"
        " '%d-%m-%Y %I:%M %p', 'yyyy-MM-ddTHH:mm:ss.SSS'], timezone: Europe/Amsterdam,"
        " zones: {CST: '-06:00'}"
    )
    texts = {
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
        # Twice on the clock: the later; not on the clock at all: as if it had not been put forward.
        "2024-10-27 02:30:00": "2024-10-27 01:30:00",
        "2024-03-31 02:30:00": "2024-03-31 01:30:00",
        "0024-01-01 12:00:00": "-",
        "2024-01-01 25:00:00": "-",
        "2024-01-01": "2023-12-31 23:00:00",
    }
    assert read(shop, "datetime", form, *texts) == list(texts.values())


def test_a_date_is_the_one_that_is_written(shop: Workshop) -> None:
    form = (
        "date_format: [\"yyyy-MM-dd'T'HH:mm:ssXXX\", '%d-%m-%Y', '%Y-%m-%dZ'], timezone: Asia/Tokyo"
    )
    texts = ["2024-01-01T00:30:00+02:00", "2024-01-01T23:30:00-11:00", "01-01-2024", "2024-01-01Z"]
    assert read(shop, "date", form, *texts) == ["2024-01-01"] * 4


def test_a_format_that_is_none_is_told_where_it_stands(shop: Workshop) -> None:
    shop.properties("id: {identifier: true}\nvalue: date")
    shop.goals(GOAL.format(form="date_format: '%d-%Q'", value="rows.value"))
    ended = shop.run("build")
    assert ended.code == 2
    assert "connections/shop.yml:8:43" in ended.told
    assert "found '%Q' in '%d-%Q'" in ended.told


def test_one_mark_for_decimals_and_thousands_is_told_where_it_stands(shop: Workshop) -> None:
    shop.properties("id: {identifier: true}\nvalue: date")
    shop.goals(GOAL.format(form="decimal: ',', thousands: ','", value="rows.value"))
    ended = shop.run("build")
    assert ended.code == 2
    assert "`decimal` and `thousands` are both ','" in ended.told


def test_columns_of_the_goal_may_have_the_names_that_runner_gives_its_own(shop: Workshop) -> None:
    shop.properties("id: {identifier: true}\ntotal: integer\nnote: text")
    shop.goals("""\
        - name: rows
          kind: import_profiles
          files: {line_items: rows.csv}
          process:
            - set: {value_total: "line_items.total || '0'", key_1: "'k' || line_items.id", line_number: line_items.line_number}
          identify: {by: [{id: key_1}]}
          map: {total: value_total, note: line_number}
        """)
    shop.drop("rows.csv", "id,total,line_number\n7,21,x\n")
    shop.build()
    assert shop.profiles("id, total, note") == [("k7", 210, "x")]
