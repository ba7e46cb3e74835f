"""The typed list that a text holds."""

from runner.compile.expression import Expression
from runner.compile.mapped_value import MappedValue
from runner.definitions.format import Format
from runner.definitions.profile_property import Property
from runner.errors import Location
from tests.unit.sql.expression import value_of


def test_items_are_typed_and_invalid_ones_left_out() -> None:
    value = Expression("value", Location("shop.yml"), is_column=True)
    item = MappedValue("sizes", Property(type="integer", multi=True), value, Format(), "set")
    assert value_of("{{ parse_values('value', item) }}", "1|x|2|", item=item) == [1, 2]
