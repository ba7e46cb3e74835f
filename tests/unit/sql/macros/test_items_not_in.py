"""The items that another list has not."""

from tests.unit.sql.expression import values_of


def test_items_of_the_other_list_are_left_out() -> None:
    given = "from (values (['a', 'b'], ['b']), (['a'], null)) as t(items, others)"
    assert values_of("{{ items_not_in('items', 'others') }}", given) == [["a"], ["a"]]
