"""The tables of a warehouse, shaped as the project declares them."""

from collections.abc import Mapping

from runner.compile.derived_tables import consent_view, profile_groups_model
from runner.compile.entity import Entity, groups, profiles
from runner.compile.import_models import columns_of, comment_of
from runner.definitions.group_type import GROUP_COLUMNS, group_table
from runner.definitions.profile_property import RESERVED, Property
from runner.engine.schema import PresentColumns, prepare, present_columns, shape
from runner.engine.warehouse import Warehouse
from runner.warehouse.event_tables import shape_events
from runner.workspace.workspace import Workspace


def shape_tables(warehouse: Warehouse, workspace: Workspace) -> None:
    """Make the tables of profiles, events and groups, with a column per declared property.

    All in one transaction: of a hundred small ones most of the time would be theirs.
    """
    with warehouse.transaction():
        _shape_tables(warehouse, workspace)


def _shape_tables(warehouse: Warehouse, workspace: Workspace) -> None:
    project = workspace.project
    prepare(warehouse)
    present = present_columns(warehouse)
    shape_entity(warehouse, workspace, profiles(project.properties), None, present)
    shape_events(warehouse, workspace.library, project, present)
    _shape_consent(warehouse, workspace)
    for name, declared in project.group_types.items():
        entity = groups(name, declared.properties)
        comment = declared.description or declared.title or f"One row per {name}"
        warehouse.perform("tables.groups", relation=entity.table, comment=comment)
        shape_entity(warehouse, workspace, entity, None, present)


def _shape_consent(warehouse: Warehouse, workspace: Workspace) -> None:
    """Make the view `consent`, where objectives are declared."""
    view = consent_view(workspace.project, workspace.library)
    if view is not None:
        warehouse.create(view, is_view=True)
        warehouse.perform("tables.consent_comments")


def shape_entity(
    warehouse: Warehouse,
    workspace: Workspace,
    entity: Entity,
    properties: Mapping[str, Property] | None = None,
    present: PresentColumns | None = None,
) -> None:
    """Give the table of an entity a column for each property; those it has stay."""
    wanted = entity.properties if properties is None else properties
    types = columns_of(wanted, workspace.library.macro("sql_type"))
    columns = {name: (types[name], comment_of(name, wanted[name])) for name in wanted}
    shape(warehouse, entity.table, columns, present)


def known_properties(
    warehouse: Warehouse, workspace: Workspace, of_groups: str = ""
) -> dict[str, Property]:
    """Return all properties: those declared, and those that `map_rest` made.

    Those of profiles, or of the groups of the type `of_groups`.
    """
    if of_groups:
        properties = dict(workspace.project.group_types[of_groups].properties)
        table = f"main.{group_table(of_groups)}"
        for relation, name, *_ in warehouse.perform("catalog.columns"):
            if relation == table and name not in (*properties, *GROUP_COLUMNS):
                properties[str(name)] = Property()
        return properties
    properties = dict(workspace.project.properties)
    for (name,) in warehouse.perform("catalog.properties"):
        if name not in (*properties, *RESERVED):
            properties[str(name)] = Property()
    return properties


def link_groups(warehouse: Warehouse, workspace: Workspace) -> None:
    """Fill `profile_groups` again from the properties that name groups; count members (G1)."""
    project = workspace.project
    model = profile_groups_model(project, workspace.library)
    if not (project.group_types or warehouse.count(model.relation)):
        return
    warehouse.fill(model)
    for name in project.group_types:
        warehouse.perform("profiles.count_group_members", relation=groups(name, {}).table)
