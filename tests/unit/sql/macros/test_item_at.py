"""The item at a position."""

import pytest

from tests.unit.sql.expression import values_of


@pytest.mark.parametrize(("position", "expected"), [(1, "a"), (2, "b"), (3, None)])
def test_first_item_is_at_1(position, expected) -> None:
    expression = "{{ item_at('items', position) }}"
    assert values_of(expression, "select ['a', 'b'] as items", position=position) == [expected]
