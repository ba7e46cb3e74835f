"""Whether a value identifies anyone (P2)."""

from runner.definitions.profile_property import Property
from tests.unit.sql.expression import values_of


def test_ignored_short_and_empty_values_are_null() -> None:
    given = "select unnest(['Unknown', '12', '1234', '']) as value"
    declared = Property(ignore=("unknown",), min_length=3)
    template = "{{ identifying(identifier_text('value'), declared) }}"
    assert values_of(template, given, declared=declared) == [None, None, "1234", None]
    assert values_of(template, given, declared=Property()) == ["Unknown", "12", "1234", None]


def test_value_that_a_spreadsheet_damaged_identifies_nobody_unless_it_is_allowed() -> None:
    given = "select unnest(['#N/A', ' #REF!', '1.2E+12', '#1']) as value"
    template = "{{ identifying(identifier_text('value'), declared) }}"
    assert values_of(template, given, declared=Property(min_length=2)) == [None, None, None, "#1"]
    allowed = Property(allow_damaged=True)
    assert values_of(template, given, declared=allowed) == ["#N/A", "#REF!", "1.2E+12", "#1"]
