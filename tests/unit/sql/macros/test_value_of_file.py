"""What the rows of one file give a property."""

import pytest

from runner.compile.expression import Expression
from runner.compile.mapped_value import MappedValue
from runner.definitions.format import Format
from runner.definitions.profile_property import Property
from runner.errors import Location
from tests.unit.sql.expression import rows_of


@pytest.mark.parametrize(
    ("strategy", "expected"),
    [
        ("set", 2),
        ("max", 3),
        ("min", 2),
        ("set_or_clear", {"value": None}),
        ("remove", [2, 3]),
    ],
)
def test_strategy_folds_the_rows(strategy: str, expected: object) -> None:
    value = Expression("value", Location("shop.yml"))
    item = MappedValue("size", Property(type="integer"), value, Format(), strategy)
    sql = (
        "select {{ value_of_file(item) }} from (values (3, 1, null), (2, 2, null), (null, 3, null))"
    )
    (found,) = rows_of(sql + " as t(value_size, row_order, rejected_size)", item=item)[0]
    assert (sorted(filter(None, found)) if strategy == "remove" else found) == expected
