"""The value of a property in a row, and the text that did not parse (R6)."""

import pytest

from runner.compile.expression import Expression
from runner.compile.mapped_value import MappedValue
from runner.definitions.format import Format
from runner.definitions.profile_property import Property
from runner.errors import Location
from tests.unit.sql.expression import value_of


def item(kind: str = "text", multi: bool = True, **format_: str) -> MappedValue:
    value = Expression("value", Location("shop.yml"), is_column=True)
    return MappedValue("tags", Property(type=kind, multi=multi), value, Format(**format_), "set")


def held(text: str | None, assigned: MappedValue) -> object:
    """Return what is kept of a text, and the list that is made of it then."""
    kept = value_of("{{ parse_property('value', item) }}", text, item=assigned)
    return kept and value_of("{{ parse_values('value', item) }}", kept, item=assigned)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a|b", ["a", "b"]),
        (" a | b ", ["a", "b"]),
        ("a||b|", ["a", "b"]),
        ("|", None),
        (" | ", None),
        ("", None),
        (None, None),
        ("b|a|b", ["b", "a", "b"]),
    ],
)
def test_text_is_taken_apart_without_its_empty_items(text: str | None, expected: object) -> None:
    assert held(text, item()) == expected


@pytest.mark.parametrize(("text", "expected"), [("1|x|2", [1, 2]), ("x|y", None), ("3", [3])])
def test_items_that_do_not_parse_are_left_out(text: str, expected: object) -> None:
    assert held(text, item("integer")) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('["a","b"]', ["a", "b"]),
        (" [a,b] ", ["a", "b"]),
        ("[]", None),
        ("a,b", ["a", "b"]),
        ("[a,b", ["[a", "b"]),
    ],
)
def test_brackets_and_quotes_around_items_are_dropped(text: str, expected: object) -> None:
    assert held(text, item(multi_value_separator=",", multi_value_brackets="[]")) == expected


def test_without_a_separator_all_of_the_text_is_one_item() -> None:
    assert held("a|b", item(multi_value_separator="")) == ["a|b"]


def test_one_value_is_typed() -> None:
    assigned = item("integer", multi=False)
    assert value_of("{{ parse_property('value', item) }}", "12", item=assigned) == 12
    assert value_of("{{ parse_property('value', item) }}", "x", item=assigned) is None
