"""Groups that are exported: all of a type, or those with a member in a segment."""

from tests.unit.sql.expression import rows_of

TABLES = {
    "main.groups_firm": "select unnest([1, 2, 3]) as group_id",
    "main.profile_groups": "select * from (values (7, 'firm', 1), (7, 'firm', null), (8, 'firm', 2), (7, 'club', 3), (9, 'firm', 1)) as t(profile_id, group_type, group_id)",
    "vip": "select unnest([7, 9]) as profile_id",
}


def exported(segment: str) -> list[tuple[object, ...]]:
    for name, query in TABLES.items():
        rows_of(f"create or replace table {name} as {query}")
    try:
        query = "select * from ({{ exported_groups('firm', 'groups_firm', segment) }}) order by all"
        return rows_of(query, segment=segment)
    finally:
        for name in TABLES:
            rows_of(f"drop table {name}")


def test_all_groups_of_the_type_without_a_segment() -> None:
    assert exported("") == [(1,), (2,), (3,)]


def test_groups_of_members_are_exported_once() -> None:
    assert exported("vip") == [(1,)]
