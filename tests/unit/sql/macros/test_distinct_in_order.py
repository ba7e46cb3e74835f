"""A list without repeats."""

from tests.unit.sql.expression import values_of


def test_repeated_items_are_kept_where_they_came_first() -> None:
    given = "select ['b', 'a', 'b', 'c', 'a'] as value"
    assert values_of("{{ distinct_in_order('value') }}", given) == [["b", "a", "c"]]
