"""Words as they are compared."""

import pytest

from runner.definitions.format import comparable_word
from tests.unit.sql.expression import value_of


@pytest.mark.parametrize("text", ["NÃO", "não", "na\u0303o", "NA\u0303O"])
def test_case_and_composition_of_accents_do_not_count(text: str) -> None:
    assert value_of("{{ comparable_word('value') }}", text) == "não" == comparable_word(f" {text} ")
