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


@pytest.mark.parametrize("separator", [",", "-", "^", "]", "\\", ";", "\t", "x"])
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('{"Shoes, boots","Hats"}', ["Shoes, boots", "Hats"]),
        ('{,a,,"b" , "c,d" e,}', ["a", "b", 'c,d" e']),
        ('{5" wide, 6" high}', ['5" wide', '6" high']),
        ("{}", []),
        (None, None),
    ],
)
def test_separator_inside_quotes_in_brackets_separates_nothing(
    separator: str, text: str | None, expected: list[str] | None
) -> None:
    stated = Format(multi_value_separator=separator, multi_value_brackets="{}")
    text = text.replace(",", separator) if text else text
    expected = [item.replace(",", separator) for item in expected] if expected else expected
    assert value_of("{{ split_values('value', format) }}", text, format=stated) == expected
