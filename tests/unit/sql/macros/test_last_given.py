"""The last value of a window that is not null."""

from tests.unit.sql.expression import values_of


def test_last_value_of_the_rows_before_leaves_nulls_out() -> None:
    given = "from (values (1, 'a'), (2, null), (3, 'b'), (4, null)) as t(number, value)"
    window = "(order by number rows between unbounded preceding and 1 preceding)"
    found = values_of("{{ last_given('value', window) }}", given, window=window)
    assert sorted(found, key=str) == [None, "a", "a", "b"]
