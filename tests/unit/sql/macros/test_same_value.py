"""Two values that are equal, or both null."""

from tests.unit.sql.expression import values_of


def test_nulls_are_the_same_and_an_empty_text_is_none() -> None:
    given = "from (values ('a', 'a'), ('a', 'b'), (null, null), (null, ''), ('', '')) as t(a, b)"
    found = values_of("{{ same_value('a', 'b') }}", given)
    assert found == [True, False, True, False, True]
