"""The title of a segment."""

from tests.unit.sql.expression import values_of

GIVEN = "select unnest(['vip', 'new']) as segment"


def test_segment_without_a_title_is_shown_by_its_name() -> None:
    titles = (("vip", "Dad's best"),)
    assert values_of("{{ segment_title(titles) }}", GIVEN, titles=titles) == ["Dad's best", "new"]
    assert values_of("{{ segment_title(()) }}", GIVEN) == ["vip", "new"]
