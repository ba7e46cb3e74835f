"""A time as a number."""

from tests.unit.sql.expression import values_of


def test_milliseconds_are_counted_from_1970() -> None:
    given = "select timestamp '1970-01-02 00:00:00.123456' as value"
    assert values_of("{{ milliseconds('value') }}", given) == [86_400_123]
