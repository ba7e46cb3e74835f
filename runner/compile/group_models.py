"""The model that links profiles to the groups that their properties name (G1)."""

from runner.compile.library import Library
from runner.definitions.project import Project
from runner.model import Model

TEMPLATE = "groups/profile_groups.sql"


def profile_groups_model(project: Project, library: Library) -> Model:
    """Return the model of `profile_groups`, a row per profile, property and group named."""
    links = []
    for name, declared in project.properties.items():
        if declared.group is None:
            continue
        group = project.group_types[declared.group]
        assert group.identifier is not None
        links.append(
            {
                "property": name,
                "multi": declared.multi,
                "group_type": declared.group,
                "identifier": f"{declared.group}:{group.identifier}",
                # Values that identify no group, such as `0`, name none either (P2).
                "named_by": group.properties[group.identifier],
            }
        )
    sql, locations = library.render(TEMPLATE, {"links": links})
    return Model(
        name="profile_groups",
        sql=sql,
        relation="main.profile_groups",
        materialization="table",
        path="profile_groups.sql",
        locations=locations,
    )
