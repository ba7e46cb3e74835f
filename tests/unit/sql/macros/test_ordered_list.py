"""Values in the order of another column."""

from tests.unit.sql.expression import rows_of


def test_values_are_in_the_order_of_their_position_and_none_is_lost() -> None:
    found = rows_of(
        "select {{ ordered_list('value', 'position') }}"
        " from (values ('b', 2), ('a', 3), (null, 4), ('b', 1)) as t(value, position)"
    )
    assert found == [(["b", "b", "a", None],)]
