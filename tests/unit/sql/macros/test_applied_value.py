"""What a property is after a goal, by strategy (P4)."""

import pytest

from runner.compile.expression import Expression
from runner.compile.mapped_value import MappedValue
from runner.definitions.format import Format
from runner.definitions.profile_property import Property
from runner.errors import Location
from tests.unit.sql.expression import rows_of


@pytest.mark.parametrize(
    ("strategy", "earlier", "folded", "expected"),
    [
        ("set", "1", "2", 2),
        ("set", "1", "null", 1),
        ("set_if_empty", "1", "2", 1),
        ("set_if_empty", "null", "2", 2),
        ("sum", "1", "2", 3),
        ("sum", "null", "2", 2),
        ("sum", "1", "null", 1),
        ("max", "1", "2", 2),
        ("max", "3", "2", 3),
        ("max", "null", "2", 2),
        ("min", "1", "2", 1),
        ("min", "1", "null", 1),
        ("remove", "1", "[1]", None),
        ("remove", "1", "[2]", 1),
        ("remove", "1", "null", 1),
    ],
)
def test_strategy_applies_what_rows_gave_to_the_earlier_value(
    strategy: str, earlier: str, folded: str, expected: int | None
) -> None:
    value = Expression("value", Location("shop.yml"))
    item = MappedValue("size", Property(type="integer"), value, Format(), strategy)
    found = rows_of(
        "select {{ applied_value(item) }} from (select {{ earlier }} as size) as earlier,"
        " (select {{ folded }} as value_size) as folded,"
        " (select null as earlier_size, {{ folded }} as later_size) as summed",
        item=item,
        earlier=earlier,
        folded=folded,
    )
    assert found == [(expected,)]


@pytest.mark.parametrize(
    ("earlier", "expected"), [("personal", "anonymous"), ("do_not_track", "do_not_track")]
)
def test_level_personal_is_replaced_where_a_value_is_set_if_empty(
    earlier: str, expected: str
) -> None:
    value = Expression("value", Location("shop.yml"))
    item = MappedValue(
        "size", Property().with_changes(type="permission_level"), value, Format(), "set_if_empty"
    )
    found = rows_of(
        "select {{ applied_value(item) }} from (select '{{ earlier }}' as size) as earlier,"
        " (select 'anonymous' as value_size) as folded",
        item=item,
        earlier=earlier,
    )
    assert found == [(expected,)]


@pytest.mark.parametrize(("is_set", "expected"), [("true", None), ("false", 1)])
def test_set_or_clear_clears_where_an_empty_value_was_read(
    is_set: str, expected: int | None
) -> None:
    value = Expression("value", Location("shop.yml"))
    item = MappedValue("size", Property(type="integer"), value, Format(), "set_or_clear")
    found = rows_of(
        "select {{ applied_value(item) }} from (select 1 as size) as earlier,"
        " (select null as value_size, {{ is_set }} as is_set_size) as folded",
        item=item,
        is_set=is_set,
    )
    assert found == [(expected,)]


@pytest.mark.parametrize(
    ("earlier", "known", "expected"),
    [("1", "[1]", 2), ("1", "[3]", 1), ("1", "null", 1), ("null", "[1]", 2), ("null", "null", 2)],
)
def test_first_value_of_a_late_file_replaces_what_known_rows_gave(
    earlier: str, known: str, expected: int
) -> None:
    """P8"""
    value = Expression("value", Location("shop.yml"))
    item = MappedValue("size", Property(type="integer"), value, Format(), "set_if_empty")
    found = rows_of(
        "select {{ applied_value(item, true) }} from (select {{ earlier }} as size) as earlier,"
        " (select 2 as value_size, {{ known }} as known_size) as folded",
        item=item,
        earlier=earlier,
        known=known,
    )
    assert found == [(expected,)]


def test_added_items_come_after_the_earlier_ones_each_once() -> None:
    value = Expression("value", Location("shop.yml"))
    item = MappedValue("tags", Property(multi=True), value, Format(), "add")
    found = rows_of(
        "select {{ applied_value(item) }} from (select ['a', 'b'] as tags) as earlier,"
        " (select null as value_tags) as folded, (select ['b', 'c'] as items) as added_tags",
        item=item,
    )
    assert found == [(["a", "b", "c"],)]
