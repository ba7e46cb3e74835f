"""What rows are imported into: profiles, the groups of a type, or products."""

from collections.abc import Mapping
from dataclasses import dataclass

from runner.definitions.decisions import Decision
from runner.definitions.group_type import group_table
from runner.definitions.import_goal import ImportGoal, ImportGroups
from runner.definitions.import_products import PRODUCT_ID, ImportProducts, feed_properties
from runner.definitions.profile_property import Property
from runner.definitions.project import Project
from runner.sql.quoting import Sql, quoted_relation

FEED = Sql("runner.product_feed")
"""What feeds say of products; the table `products` is made from it (E4)."""


@dataclass(frozen=True)
class Entity:
    """A table that goals fill: one row per profile, per group of a type, or per product."""

    # `profile`, `group` or `product`.
    noun: str
    # Quoted name of the table, and the column that identifies a row.
    table: Sql
    id: str
    # What stands before the names of its identifiers, which share a table.
    prefix: str
    # Name -> property, a column each.
    properties: Mapping[str, Property]


def profiles(properties: Mapping[str, Property]) -> Entity:
    """Return the profiles, with their properties."""
    return Entity("profile", Sql("main.profiles"), "profile_id", "", properties)


def groups(group_type: str, properties: Mapping[str, Property]) -> Entity:
    """Return the groups of a type, with their properties."""
    table = quoted_relation("main", group_table(group_type))
    return Entity("group", table, "group_id", f"{group_type}:", properties)


def entity_of(goal: ImportGoal, project: Project) -> Entity:
    """Return what a goal fills, with the properties that are declared."""
    if isinstance(goal, ImportGroups):
        return groups(goal.group_type, project.group_types[goal.group_type].properties)
    if isinstance(goal, ImportProducts):
        return Entity("product", FEED, PRODUCT_ID, "", feed_properties(project.event_types))
    return profiles(project.properties)


def decisions_of(goal: ImportGoal, entity: Entity, project: Project) -> tuple[Decision, ...]:
    """Return the decisions that name an identifier by which a goal finds what it fills."""
    names = {entity.prefix + "+".join(item) for item in goal.identify.by}
    return tuple(
        decision for decision in project.decisions if names & {decision.one[0], decision.other[0]}
    )
