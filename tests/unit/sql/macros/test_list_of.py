"""A list of values."""

import pytest

from tests.unit.sql.expression import values_of


@pytest.mark.parametrize(
    ("items", "type_", "expected"),
    [
        (["1", "null", "1 + 1"], None, [1, None, 2]),
        ([], "string", []),
        (["1"], "string", ["1"]),
        ([], None, []),
    ],
)
def test_list_has_its_items(items, type_, expected) -> None:
    expression = "{{ list_of(items, type_) }}"
    assert values_of(expression, "select 1", items=items, type_=type_) == [expected]
