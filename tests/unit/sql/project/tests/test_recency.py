"""A relation in which nothing is new."""

from tests.unit.sql.rendering import template_rows

GIVEN = """(select * from (values ('a', 1), ('a', 2), (null, 3), ('b', 4), (null, 5)) as t(value, number))"""


def test_latest_time_must_be_of_the_last_days() -> None:
    relation = "(select now() - interval '5 days' as seen, 1 as number)"
    common = {"relation": relation, "field": "seen", "where": "true"}
    assert template_rows("tests", "recency", **common, days=6) == []
    assert len(template_rows("tests", "recency", **common, days=4)) == 1
    assert template_rows("tests", "recency", **common | {"where": "false"}, days=9) == [(None,)]
