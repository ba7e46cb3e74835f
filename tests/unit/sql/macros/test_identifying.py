"""Whether a value identifies anyone (P2)."""

from runner.definitions.profile_property import Property
from tests.unit.sql.expression import values_of


def test_ignored_short_and_empty_values_are_null() -> None:
    given = "select unnest(['Unknown', '12', '1234', '']) as value"
    declared = Property(ignore=("unknown",), min_length=3)
    template = "{{ identifying('value', declared) }}"
    assert values_of(template, given, declared=declared) == [None, None, "1234", None]
    assert values_of(template, given, declared=Property()) == ["Unknown", "12", "1234", None]
