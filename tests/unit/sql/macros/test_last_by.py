"""The last value by an order."""

import pytest

from tests.unit.sql.expression import values_of

GIVEN = (
    "from (values (null, 9, 9), ('a', 2, 0), ('b', 3, 1), ('c', 3, 2)) as t(value, number, second)"
)


@pytest.mark.parametrize(("order", "expected"), [("second", "c"), (["number", "second"], "c")])
def test_last_value_that_is_there_counts(order, expected) -> None:
    assert values_of("{{ last_by('value', order) }}", GIVEN, order=order) == [expected]
