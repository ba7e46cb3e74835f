"""The id of an event without one (E2)."""

from tests.unit.sql.expression import values_of

TEMPLATE = "{{ content_id(['profile', 'moment', 'word'], 'profile', 'moment') }}"


def test_id_depends_on_all_parts_and_needs_a_profile_and_a_time() -> None:
    rows = "('p', 1, 'a'), ('p', 1, 'a'), ('p', 1, 'b'), (null, 1, 'a'), ('p', null, 'a')"
    given = f"select * from (values {rows}) as t(profile, moment, word)"
    first, same, other, no_profile, no_time = values_of(TEMPLATE, given)
    assert first == same
    assert first != other
    assert no_profile is no_time is None
