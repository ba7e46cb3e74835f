"""The type of a list."""

from tests.unit.sql.expression import values_of


def test_list_is_of_its_type() -> None:
    expression = "cast(value as {{ list_type('bigint') }})"
    assert values_of(expression, "select ['1', '2'] as value") == [[1, 2]]
