"""Whether a file changes what the files before it left of a property (P8)."""

import pytest

from runner.compile.expression import Expression
from runner.compile.mapped_value import MappedValue
from runner.definitions.format import Format
from runner.definitions.profile_property import Property
from runner.errors import Location
from tests.unit.sql.expression import rows_of


@pytest.mark.parametrize(
    ("strategy", "earlier", "values", "expected"),
    [
        ("set", "1", "1, null, 2, 2, 1", "00101"),
        ("set", "null", "null, 1, 1", "010"),
        ("set_if_empty", "null", "null, 1, 2", "010"),
        ("set_if_empty", "1", "2, 3", "00"),
        ("max", "2", "1, 3, 3, 2, 4", "01001"),
        ("max", "null", "1, 1", "10"),
        ("min", "2", "3, 1, null", "010"),
        ("set_or_clear", "1", "{'value': null}, null, {'value': null}, {'value': 1}", "1001"),
        ("remove", "1", "[2], [1], [1]", "010"),
    ],
)
def test_file_changes_a_value(strategy: str, earlier: str, values: str, expected: str) -> None:
    value = Expression("value", Location("shop.yml"))
    item = MappedValue("size", Property(type="integer"), value, Format(), strategy)
    found = rows_of(
        "select {{ is_change_of_file(item) }} from ("
        "select generate_subscripts([{{ values }}], 1) as file_id, unnest([{{ values }}])"
        " as value_size) as by_file, (select cast({{ earlier }} as integer) as size) as earlier"
        " window files_before as (order by by_file.file_id"
        " rows between unbounded preceding and 1 preceding) order by by_file.file_id",
        item=item,
        values=values,
        earlier=earlier,
    )
    assert "".join(str(int(is_change)) for (is_change,) in found) == expected


@pytest.mark.parametrize(("held", "expected"), [("null", "10110"), ("6", "00010"), ("9", "00000")])
def test_row_of_an_earlier_time_changes_nothing(held: str, expected: str) -> None:
    value = Expression("value", Location("shop.yml"))
    item = MappedValue("size", Property(type="integer"), value, Format(), "set")
    order = MappedValue("at", Property(type="integer"), value, Format(), "order")
    found = rows_of(
        "select {{ is_change_of_file(item, order) }} from (values (1, 1, 3), (2, 2, 1), (3, 2, 5),"
        " (4, 3, 7), (5, 3, 8)) as by_file(file_id, value_size, value_at),"
        " (select 2 as size) as earlier, (select {{ held }} as value_at) as earlier_orders"
        " window files_before as (order by by_file.file_id"
        " rows between unbounded preceding and 1 preceding) order by by_file.file_id",
        item=item,
        order=order,
        held=held,
    )
    assert "".join(str(int(is_change)) for (is_change,) in found) == expected
