"""A part of a regular expression: invisible characters."""

from tests.unit.sql.expression import value_of


def test_invisible_characters_fit_and_letters_do_not() -> None:
    template = "regexp_replace(value, '[{{ invisible_characters() }}]', '', 'g')"
    assert value_of(template, "a" + "\u200b\ufeff\u202a\u00ad\U000e0041" + "\u00e9") == "a\u00e9"
