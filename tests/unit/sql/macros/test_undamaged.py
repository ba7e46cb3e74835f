"""A value of an identifier that no spreadsheet damaged."""

from runner.definitions.profile_property import Property
from tests.unit.sql.expression import value_of


def test_damaged_value_is_null_unless_the_property_allows_it() -> None:
    template = "{{ undamaged('value', declared) }}"
    assert value_of(template, "#N/A", declared=Property()) is None
    assert value_of(template, "4711", declared=Property()) == "4711"
    assert value_of(template, "#N/A", declared=Property(allow_damaged=True)) == "#N/A"
