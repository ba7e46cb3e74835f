"""The SQL models that make the public tables of groups, after all imports (G1)."""

from collections.abc import Mapping
from dataclasses import dataclass

from runner.compile.import_plan import identifier_name, imported_table
from runner.compile.library import Library
from runner.compile.sql_text import quoted_name
from runner.definitions.group_type import group_table
from runner.definitions.profile_property import Property
from runner.definitions.project import Project
from runner.model import Model

MEMBERSHIPS = "profile_groups"


@dataclass(frozen=True)
class GroupLink:
    """A property of profiles whose values are identifiers of groups."""

    property: str
    group_type: str
    # The name under which the group's identifier values are kept.
    identifier: str
    # The property of the group that identifies it.
    declared: Property
    multi: bool


def group_links(project: Project) -> tuple[GroupLink, ...]:
    """Return the properties that make profiles members of groups."""
    links = []
    for name, declared in project.properties.items():
        if declared.group is not None:
            group_type = project.group_types[declared.group]
            identifier = group_type.identifier
            links.append(
                GroupLink(
                    property=name,
                    group_type=declared.group,
                    identifier=identifier_name((identifier,), declared.group),
                    declared=group_type.properties[identifier],
                    multi=declared.multi,
                )
            )
    return tuple(links)


def group_models(project: Project, library: Library) -> tuple[Model, ...]:
    """Return the models of `profile_groups` and of each group type, in the order to run them."""
    models = [_model(MEMBERSHIPS, "profile_groups", {"links": group_links(project)}, library)]
    for group_type in project.group_types:
        variables = {"group_type": group_type, "table": imported_table(group_type)}
        models.append(_model(group_table(group_type), "groups", variables, library))
    return tuple(models)


def _model(name: str, template: str, variables: Mapping[str, object], library: Library) -> Model:
    sql, places = library.render(f"groups/{template}.sql", variables)
    return Model(
        name=name,
        sql=sql,
        relation=f"main.{quoted_name(name)}",
        materialization="table",
        path=f"groups/{name}.sql",
        places=places,
    )
