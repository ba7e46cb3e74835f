"""The model that links profiles to the groups that their properties name (G1)."""

from runner.compile.library import Library
from runner.definitions.project import Project
from runner.model import Model

TEMPLATE = "groups/profile_groups.sql"


def profile_groups_model(project: Project, library: Library) -> Model:
    """Return the model of `profile_groups`, a row per profile, property and group named."""
    links = [
        {
            "property": name,
            "multi": declared.multi,
            "group_type": declared.group,
            "identifier": f"{declared.group}:{project.group_types[declared.group].identifier}",
        }
        for name, declared in project.properties.items()
        if declared.group is not None
    ]
    sql, places = library.render(TEMPLATE, {"links": links})
    return Model(
        name="profile_groups",
        sql=sql,
        relation="main.profile_groups",
        materialization="table",
        path="profile_groups.sql",
        places=places,
    )
