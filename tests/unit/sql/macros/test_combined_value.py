"""The value of an identifier of one or several parts."""

from tests.unit.sql.expression import value_of, values_of


def test_one_part_is_the_value_itself() -> None:
    assert value_of("{{ combined_value(['value']) }}", "a") == "a"


def test_several_parts_are_one_value_and_none_where_one_is_missing() -> None:
    given = "select * from (values ('a', 'b'), ('a', null)) as t(one, two)"
    assert values_of("{{ combined_value(['one', 'two']) }}", given) == ['["a","b"]', None]
