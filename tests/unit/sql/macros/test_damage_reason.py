"""What a spreadsheet left of an identifier."""

import pytest

from tests.unit.sql.expression import value_of


@pytest.mark.parametrize(
    "text",
    ["#N/A", "#n/a", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!", "#SPILL!", "#CALC!",
     "#ERROR!", "#N/B", "#N/D", "#NV", "#BEZUG!", "#WAARDE!", "#\u00a1REF!", "#\u00bfNOMBRE?",
     "#\u041d/\u0414", "########", "#", "#GETTING_DATA", "Err:502", "#DIV/0", "#REF"],
)  # fmt: skip
def test_errors_of_spreadsheets_are_damage(text: str) -> None:
    assert value_of("{{ damage_reason('value') }}", text) == "spreadsheet error"


@pytest.mark.parametrize(
    "text", ["1.23457E+12", "1,23457E+12", "4E+05", "-1.2e-3", "1e5", "9.99E15", "12E+10", "1.E+05"]
)
def test_numbers_in_exponent_form_are_damage(text: str) -> None:
    assert value_of("{{ damage_reason('value') }}", text) == "number in exponent form"


@pytest.mark.parametrize(
    "text",
    ["#42", "#A-1", "C#1", "ann#@x.nl", "12345", "0012", "12e34567", "1234e567", "E5", "5E", "1.5",
     "ann@x.nl", "e+5", "#tag", "", None],
)  # fmt: skip
def test_other_values_are_not(text: str | None) -> None:
    assert value_of("{{ damage_reason('value') }}", text) is None
