"""The values of a property of the groups that a profile is in."""

from runner.compile.group_values import GroupValues
from runner.definitions.profile_property import Property
from tests.unit.sql.expression import rows_of

MEMBERSHIPS = "select * from (values (7, 'firm', 1), (7, 'firm', 2), (7, 'firm', 3), (8, 'firm', 2), (8, 'club', 1), (9, 'firm', null)) as t(profile_id, group_type, group_id)"


def values(groups: str, declared: Property) -> list[tuple[object, ...]]:
    rows_of(f"create or replace table main.profile_groups as {MEMBERSHIPS}")
    rows_of(
        f"create or replace table main.groups_firm as select * from (values {groups}) as t(group_id, city)"
    )
    try:
        asked = GroupValues("group_1", "firm", "city", declared)
        return rows_of("select * from ({{ group_values_of(values) }}) order by all", values=asked)
    finally:
        rows_of("drop table main.profile_groups")
        rows_of("drop table main.groups_firm")


def test_each_value_is_listed_once_in_order() -> None:
    found = values("(1, 'Rome'), (2, 'Bonn'), (3, 'Rome')", Property())
    assert found == [(7, ["Bonn", "Rome"]), (8, ["Bonn"])]


def test_values_of_lists_are_listed_once_too() -> None:
    found = values("(1, ['Rome', 'Bonn']), (2, null), (3, ['Bonn'])", Property(multi=True))
    assert found == [(7, ["Bonn", "Rome"]), (8, None)]
