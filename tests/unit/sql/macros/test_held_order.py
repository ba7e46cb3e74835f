"""Rows without what they are ordered by come before the others (P8)."""

from tests.unit.sql.expression import values_of


def test_nothing_is_before_everything() -> None:
    given = "select unnest([null, -1e20, 3])::decimal(38, 10) as held"
    found = values_of("{{ held_order('held') }}", given)
    assert found == sorted(found)
    assert None not in found
