"""The last value by an order, or that there is none."""

from tests.unit.sql.expression import values_of


def test_last_value_counts_also_where_it_is_null() -> None:
    given = "from (values ('a', 1), (null, 2)) as t(value, number)"
    assert values_of("{{ last_or_null_by('value', 'number') }}", given) == [None]
