"""The text of a value that did not parse (R6)."""

import pytest

from runner.compile.expression import Expression
from runner.compile.mapped_value import MappedValue
from runner.definitions.format import Format
from runner.definitions.profile_property import Property
from runner.errors import Location
from tests.unit.sql.expression import value_of, values_of


def item(kind: str = "text", multi: bool = True) -> MappedValue:
    value = Expression("value", Location("shop.yml"), is_column=True)
    return MappedValue("tags", Property(type=kind, multi=multi), value, Format(), "set")


@pytest.mark.parametrize(("text", "expected"), [("1|x", "1|x"), ("1|2", None), ("|", None)])
def test_list_with_an_item_that_does_not_parse_is_rejected_whole(
    text: str, expected: str | None
) -> None:
    rejected = value_of("{{ rejected_text('value', item) }}", text, item=item("integer"))
    assert rejected == expected


def test_text_without_a_typed_value_is_rejected() -> None:
    given = (
        """select * from (values ('x', null), ('1', 1), (null, null)) as t(value, "value_tags")"""
    )
    assigned = item("integer", multi=False)
    assert values_of("{{ rejected_text('value', item) }}", given, item=assigned) == [
        "x",
        None,
        None,
    ]
