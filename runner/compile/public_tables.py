"""The tables of the warehouse that a project's SQL may `ref`."""

from runner.definitions.event_type import event_tables
from runner.definitions.group_type import group_table
from runner.definitions.project import Project

PUBLIC = (
    "profiles",
    "profile_groups",
    "profile_aliases",
    "segment_members",
    "timeline",
    "products",
)
"""Tables of the warehouse that a model may `ref`, made by goals and segments."""


def public_tables(project: Project) -> tuple[str, ...]:
    """Return the tables that a model may `ref`, those of event and group types included."""
    return (
        *PUBLIC,
        *(("consent",) if project.file.objectives else ()),
        *event_tables(project.event_types),
        *map(group_table, project.group_types),
    )
