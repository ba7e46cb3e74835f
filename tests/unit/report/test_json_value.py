import json
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from runner.report.json_value import as_json


@dataclass(frozen=True)
class Point:
    x: int
    location: str


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (None, "null"),
        (True, "true"),
        (2**70, "1180591620717411303424"),
        (0.1, "0.1"),
        (Decimal("21652803260.0200"), "21652803260.0200"),
        (Decimal("1E+5"), "100000"),
        (Decimal("0E-10"), "0.0000000000"),
        (float("nan"), '"NaN"'),
        (float("-inf"), '"-Infinity"'),
        (Decimal("Infinity"), '"Infinity"'),
        (date(2026, 1, 2), '"2026-01-02"'),
        (datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC), '"2026-01-02T03:04:05+00:00"'),
        (time(3, 4), '"03:04:00"'),
        (timedelta(days=1, seconds=30), '"P1DT30S"'),
        (timedelta(microseconds=500_000), '"PT0.5S"'),
        (timedelta(0), '"PT0S"'),
        (timedelta(days=-2), '"-P2D"'),
        (UUID(int=5), '"00000000-0000-0000-0000-000000000005"'),
        (b"\x00\xff", '"AP8="'),
        ((1, ["a", None]), '[1, ["a", null]]'),
        ({"a": {"b": 1}, 2: []}, '{"a": {"b": 1}, "2": []}'),
        (Point(1, "é"), '{"x": 1, "location": "é"}'),
        ("\x1b\x9b\u202e\u2028\udce9", '"\\u001b\\u009b\\u202e\\u2028\\udce9"'),
    ],
)
def test_values_keep_their_digits_and_meaning(value, written):
    assert as_json(value) == written


@given(
    st.recursive(
        st.none()
        | st.booleans()
        | st.integers()
        | st.floats(allow_nan=False, allow_infinity=False)
        | st.text(st.characters()),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    )
)
def test_any_json_value_reads_back_from_one_line(value):
    written = as_json(value)
    assert "\n" not in written
    assert json.loads(written) == value


@given(st.decimals(allow_nan=False, allow_infinity=False, places=10))
def test_any_decimal_reads_back_exactly(value):
    assert json.loads(as_json(value), parse_float=Decimal, parse_int=Decimal) == value
