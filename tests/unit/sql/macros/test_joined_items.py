"""The texts of a list as one."""

from tests.unit.sql.expression import values_of


def test_separator_is_between_the_texts() -> None:
    expression = "{{ joined_items('items', \"'|'\") }}"
    assert values_of(expression, "select ['a', 'b'] as items") == ["a|b"]
