import csv
import io
import json
from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from runner.report.rows import write_csv, write_json


def csv_of(columns, rows):
    stream = io.StringIO(newline="")
    count = write_csv(stream, columns, rows)
    assert count == len(rows)
    return stream.getvalue()


def test_lines_end_and_values_are_quoted_as_rfc_4180_says():
    assert csv_of(["a", "b,c"], [("x", 'say "hi"'), ("two\nlines", 1)]) == (
        'a,"b,c"\r\nx,"say ""hi"""\r\n"two\nlines",1\r\n'
    )


def test_a_null_is_empty_and_an_empty_text_is_quoted():
    assert csv_of(["a", "b"], [(None, "")]) == 'a,b\r\n,""\r\n'


def test_spaces_at_the_ends_are_kept_by_quotes():
    assert csv_of(["a", "b"], [(" x", "y ")]) == 'a,b\r\n" x","y "\r\n'


def test_no_rows_leave_the_header_of_a_csv():
    assert csv_of(["a"], []) == "a\r\n"


def test_values_keep_their_digits_and_meaning():
    row = (
        True,
        2**70,
        Decimal("1E+3"),
        0.1,
        date(2026, 1, 2),
        datetime(2026, 1, 2, 3, 4, tzinfo=UTC),
        UUID(int=5),
        ["a", 1],
        {"k": None},
        b"\xff",
    )
    assert csv_of("abcdefghij", [row]).split("\r\n")[1] == (
        "true,1180591620717411303424,1000,0.1,2026-01-02,2026-01-02 03:04:00+00:00,"
        '00000000-0000-0000-0000-000000000005,"[""a"", 1]","{""k"": null}",/w=='
    )


@given(st.lists(st.tuples(st.text(), st.text()), min_size=1))
def test_any_text_reads_back(rows):
    text = csv_of(["a", "b"], rows)
    assert list(csv.reader(io.StringIO(text, newline=""), strict=True))[1:] == [
        list(row) for row in rows
    ]


def json_of(columns, rows):
    stream = io.StringIO()
    assert write_json(stream, columns, iter(rows)) == len(rows)
    return stream.getvalue()


def test_json_rows_are_a_list_of_objects_one_a_line():
    text = json_of(["id", "sum"], [(1, Decimal("1.50")), (2, None)])
    assert text == '[\n {"id": 1, "sum": 1.50},\n {"id": 2, "sum": null}\n]\n'


def test_no_rows_are_an_empty_list_as_json():
    assert json_of(["id"], []) == "[]\n"


def test_columns_of_one_name_are_all_kept():
    text = json_of(["a", "a", "a_1", "a"], [(1, 2, 3, 4)])
    assert json.loads(text) == [{"a": 1, "a_2": 2, "a_1": 3, "a_3": 4}]
