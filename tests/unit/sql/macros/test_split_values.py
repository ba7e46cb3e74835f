"""The items of a text."""

import pytest

from runner.definitions.format import Format
from tests.unit.sql.expression import value_of


@pytest.mark.parametrize(
    ("text", "brackets", "expected"),
    [("a| b ||", "", ["a", "b"]), ('["a"|b]', "[]", ["a", "b"]), (None, "", None)],
)
def test_items_are_trimmed_and_empty_ones_left_out(
    text: str | None, brackets: str, expected: list[str] | None
) -> None:
    stated = Format(multi_value_separator="|", multi_value_brackets=brackets)
    assert value_of("{{ split_values('value', format) }}", text, format=stated) == expected
