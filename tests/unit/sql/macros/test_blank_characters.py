"""A part of a regular expression: blank characters."""

from tests.unit.sql.expression import value_of


def test_blank_characters_fit_and_letters_do_not() -> None:
    template = "regexp_replace(value, '[{{ blank_characters() }}]', '', 'g')"
    assert value_of(template, "a" + "\u00a0\u3000\t\v\u2028" + "\u00e9") == "a\u00e9"
