"""Values as a list."""

import pytest

from tests.unit.sql.expression import values_of


@pytest.mark.parametrize(
    ("order", "is_distinct", "expected"), [("number", False, ["b", "a", "b"]), (None, True, None)]
)
def test_values_are_in_a_list(order, is_distinct, expected) -> None:
    given = "from (values ('b', 3), ('b', 1), ('a', 2)) as t(value, number)"
    expression = "{{ collected('value', order, is_distinct) }}"
    (found,) = values_of(expression, given, order=order, is_distinct=is_distinct)
    assert found == expected or sorted(found) == ["a", "b"]
