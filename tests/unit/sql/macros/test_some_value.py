"""One of several values."""

from tests.unit.sql.expression import values_of


def test_value_that_is_there_is_taken() -> None:
    given = "from (values (null, 'x'), (1, 'x'), (null, 'y')) as t(value, key)"
    assert values_of("{{ some_value('value') }}", given) == [1]
    assert values_of("{{ some_value('value') }}", f"from ({given}) where key = 'y'") == [None]
