"""Values of an identifier that are ignored or too short (P2)."""

from runner.definitions.profile_property import Property
from tests.unit.sql.expression import values_of


def test_ignored_and_short_values_are_told_from_others() -> None:
    given = "select unnest(['Unknown', '12', '1234', '', null]) as value"
    template = "{{ ignored_value('value', declared) }}"
    declared = Property(ignore=("unknown",), min_length=3)
    assert values_of(template, given, declared=declared) == ["Unknown", "12", None, None, None]
    short = Property(min_length=3)
    assert values_of(template, given, declared=short) == [None, "12", None, None, None]
