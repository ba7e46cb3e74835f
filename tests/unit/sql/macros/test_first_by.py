"""The first value by an order."""

import pytest

from tests.unit.sql.expression import values_of

GIVEN = (
    "from (values (null, 0, 0), ('a', 2, 0), ('b', 1, 2), ('c', 1, 1)) as t(value, number, second)"
)


@pytest.mark.parametrize(
    ("order", "expected"), [("second", "a"), (["number", "second"], "c"), (["second"], "a")]
)
def test_first_value_that_is_there_counts(order, expected) -> None:
    assert values_of("{{ first_by('value', order) }}", GIVEN, order=order) == [expected]
