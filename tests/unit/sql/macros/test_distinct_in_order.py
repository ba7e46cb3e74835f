"""A list without repeats."""

from tests.unit.sql.expression import values_of


def test_repeated_items_are_kept_where_they_came_first() -> None:
    given = "select ['b', 'a', 'b', 'c', 'a'] as value"
    assert values_of("{{ distinct_in_order('value') }}", given) == [["b", "a", "c"]]


def test_long_lists_are_treated_as_short_ones() -> None:
    given = """
        select list_transform(range(300), lambda number: 'item' || number % size) as value
        from (values (300), (7)) as sizes(size)
    """
    found = values_of("{{ distinct_in_order('value') }}", given)
    assert found == [[f"item{number}" for number in range(size)] for size in (300, 7)]
