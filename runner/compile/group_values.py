"""Properties of the groups that profiles are in, as columns of an export."""

from dataclasses import dataclass

from runner.definitions.export_goal import Column, ExportProfiles
from runner.definitions.group_type import group_table
from runner.definitions.profile_property import Property
from runner.definitions.project import Project
from runner.sql.quoting import quoted_name


@dataclass(frozen=True)
class GroupValues:
    """The values of one property of all groups of a type that a profile is in."""

    # Of the CTE that gathers them.
    name: str
    group_type: str
    property_name: str
    declared: Property

    @property
    def listed(self) -> Property:
        """Return the property as one of profiles: a list, as they may be in several groups."""
        return self.declared.with_changes(multi=True)

    @property
    def relation(self) -> str:
        """Return the quoted table of the groups."""
        return quoted_name(group_table(self.group_type))

    @property
    def relation_column(self) -> str:
        """Return the list of a profile's values, as SQL."""
        return f"{quoted_name(self.name)}.items"

    def is_of(self, column: Column) -> bool:
        """Tell whether a column of a file holds these values."""
        return (column.group, column.property_name) == (self.group_type, self.property_name)


def group_values(goal: ExportProfiles, project: Project) -> tuple[GroupValues, ...]:
    """Return the properties of groups that the columns of a goal ask for, each once."""
    wanted = dict.fromkeys(
        (column.group, column.property_name)
        for column in goal.columns
        if column.group is not None and column.property_name is not None
    )
    values = []
    for number, (group, name) in enumerate(wanted, 1):
        assert group is not None
        assert name is not None
        properties = project.group_types[group].properties
        declared = properties.get(name, Property())
        values.append(GroupValues(f"group_{number}", group, name, declared))
    return tuple(values)
