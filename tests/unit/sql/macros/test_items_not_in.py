"""The items that another list has not."""

from tests.unit.sql.expression import values_of


def test_items_of_the_other_list_are_left_out() -> None:
    given = "from (values (['a', 'b'], ['b']), (['a'], null)) as t(items, others)"
    assert values_of("{{ items_not_in('items', 'others') }}", given) == [["a"], ["a"]]


def test_long_lists_are_treated_as_short_ones() -> None:
    given = """
        select
            list_transform(range(200), lambda number: 'item' || number) as items,
            list_transform(range(first, 500), lambda number: 'item' || number) as others
        from (values (200), (150)) as firsts(first)
    """
    found = values_of("{{ items_not_in('items', 'others') }}", given)
    assert found == [[f"item{number}" for number in range(first)] for first in (200, 150)]
