"""How far local clocks are ahead of UTC."""

from tests.unit.sql.expression import values_of


def test_offset_has_its_sign_hours_and_minutes() -> None:
    given = "select timestamp '2024-01-01 12:00' as utc, unnest([330, -60]) as minutes"
    template = "{{ format_offset('utc', '(utc + to_minutes(minutes))') }}"
    assert values_of(template, given) == ["+0530", "-0100"]
