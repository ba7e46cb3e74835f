"""Texts that mean: no value (R1)."""

import pytest

from tests.unit.sql.expression import values_of


@pytest.mark.parametrize(
    ("nulls", "expected"),
    [([], ["", "NULL", "a"]), ([""], [None, "NULL", "a"]), (["", "NULL"], [None, None, "a"])],
)
def test_null_values_are_null(nulls: list[str], expected: list[str | None]) -> None:
    given = "select unnest(['', 'NULL', 'a']) as value"
    assert values_of("{{ nulled('value', nulls) }}", given, nulls=nulls) == expected
