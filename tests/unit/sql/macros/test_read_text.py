"""What an expression gives, of all rows or of those that meet a condition."""

import pytest

from runner.compile.expression import Expression
from runner.errors import Location
from tests.unit.sql.expression import value_of

NUMBER = Expression("cast(value as integer)", Location("shop.yml"))


@pytest.mark.parametrize(("text", "expected"), [("7", 7), ("x", None)])
def test_expression_is_not_evaluated_where_the_condition_does_not_hold(
    text: str, expected: int | None
) -> None:
    template = "{{ read_text(number, condition) }}"
    assert value_of(template, text, number=NUMBER, condition="value != 'x'") == expected


def test_expression_without_a_condition_is_evaluated() -> None:
    assert value_of("{{ read_text(number) }}", "7", number=NUMBER) == 7
