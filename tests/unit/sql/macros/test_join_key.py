"""Values that links compare (R3)."""

from runner.compile.expression import Expression
from runner.errors import Location
from tests.unit.sql.expression import values_of

AT = Location("shop.yml", 1, 1)


def test_empty_values_of_expressions_find_nothing_and_numbers_are_text() -> None:
    given = "select unnest(['A', '', null]) as code"
    key = Expression("lower(code)", AT)
    assert values_of("{{ join_key(key) }}", given, key=key) == ["a", None, None]
    number = Expression("length(code)", AT)
    assert values_of("{{ join_key(key) }}", given, key=number) == ["1", "0", None]
    column = Expression("code", AT, is_column=True)
    assert values_of("{{ join_key(key) }}", given, key=column) == ["A", "", None]


def test_letters_that_are_composed_in_two_ways_find_each_other() -> None:
    given = "select unnest(['Jos\u00e9', 'Jose\u0301']) as name"
    for key in (Expression("name", AT, is_column=True), Expression("trim(name)", AT)):
        first, second = values_of("{{ join_key(key) }}", given, key=key)
        assert first == second
