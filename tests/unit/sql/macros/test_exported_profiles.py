"""Profiles, or groups, that an export reads, with a column for each expression."""

from types import SimpleNamespace

from runner.definitions.profile_property import Property
from runner.errors import Location
from tests.unit.sql.expression import rows_of

TABLES = {
    "main.profiles": "select * from (values (1, 'a'), (2, 'b'), (3, 'c')) as t(profile_id, word)",
    "main.groups_firm": "select * from (values (1, 'x'), (4, 'y')) as t(group_id, word)",
}
QUERY = """
with members as (select unnest([1, 2, 4]) as profile_id),
{{ exported_profiles(of_groups, 'groups_firm', (), made, placed) }}
final as (select * from profiles)
select * from final order by all
"""
MADE = SimpleNamespace(
    expression="upper(word)", location=Location("a.yml"), declared=Property(), made="made_1"
)


def read(of_groups: bool, made: list[SimpleNamespace]) -> list[tuple[object, ...]]:
    for name, query in TABLES.items():
        rows_of(f"create or replace table {name} as {query}")
    try:
        return rows_of(QUERY, of_groups=of_groups, made=made, placed=lambda sql, _: sql)
    finally:
        for name in TABLES:
            rows_of(f"drop table {name}")


def test_all_profiles_are_read_where_nothing_is_made_of_them() -> None:
    assert read(False, []) == [(1, "a"), (2, "b"), (3, "c")]


def test_expressions_are_evaluated_for_members_alone() -> None:
    assert read(False, [MADE]) == [(1, "a", "A"), (2, "b", "B")]


def test_groups_are_read_instead_of_profiles() -> None:
    assert read(True, [MADE]) == [(1, "x", "X"), (4, "y", "Y")]
