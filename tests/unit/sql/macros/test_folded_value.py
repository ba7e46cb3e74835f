"""What the rows of a profile, or its chained lines, give a property (P4)."""

import pytest

from runner.compile.expression import Expression
from runner.compile.mapped_value import MappedValue
from runner.definitions.format import Format
from runner.definitions.profile_property import Property
from runner.errors import Location
from tests.unit.sql.expression import rows_of

LINES = "(3, 1, 4, false, null), (2, 2, 3, true, null), (null, 3, 5, false, null), (null, 4, 6, false, 'x')"
"""Value, order of the first and of the last row with the line, known before, text that is none."""


def folded(strategy: str, is_late: bool = False) -> tuple[object, ...]:
    value = Expression("value", Location("shop.yml"))
    (found,) = rows_of(
        "select {{ folded_value(item, rows) }}"
        " from (values {{ lines }}) as t(value_size, first_order, last_order, again, rejected_size)",
        item=MappedValue("size", Property(type="integer"), value, Format(), strategy),
        lines=LINES,
        rows={"first": "first_order", "last": "last_order", "again": "again", "is_late": is_late},
    )
    return found


@pytest.mark.parametrize(
    ("strategy", "expected"),
    [
        ("set", (3,)),
        ("max", (3,)),
        ("min", (2,)),
        ("set_if_empty", (3,)),
        ("set_or_clear", (None, True)),
    ],
)
def test_strategy_folds_lines(strategy: str, expected: tuple[object, ...]) -> None:
    assert folded(strategy) == expected


def test_values_that_are_removed_are_listed_once() -> None:
    ((*found,),) = folded("remove")  # type: ignore[misc]
    assert sorted(filter(None, found)) == [2, 3]


def test_values_of_known_rows_are_told_apart_where_a_file_is_late() -> None:
    assert folded("set_if_empty", is_late=True) == (3, [2])
