"""The parts of a text."""

from tests.unit.sql.expression import values_of


def test_text_is_split_at_each_separator() -> None:
    expression = "{{ text_items('value', \"'.'\") }}"
    assert values_of(expression, "select 'a..b' as value") == [["a", "", "b"]]
