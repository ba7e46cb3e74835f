"""The tables of a warehouse, shaped as the project declares them."""

import hashlib
from collections.abc import Mapping, Sequence

from runner.compile.derived_tables import consent_view, profile_groups_model, timeline_view
from runner.compile.entity import groups, profiles
from runner.compile.import_models import columns_of, comment_of
from runner.definitions.group_type import GROUP_COLUMNS, group_table
from runner.definitions.profile_property import RESERVED, Property
from runner.engine.schema import Columns, DeclaredTable, declare, prepare, shape
from runner.engine.warehouse import Warehouse
from runner.model import Model
from runner.sql.quoting import Sql
from runner.warehouse.event_tables import declared_event_tables
from runner.workspace.workspace import Workspace


def shape_tables(warehouse: Warehouse, workspace: Workspace) -> None:
    """Make the tables of profiles, events and groups, with a column per declared property.

    Where they were made of the same declarations, nothing is done. All in one transaction: of a
    hundred small ones most of the time would be theirs.
    """
    with warehouse.transaction():
        is_new = prepare(warehouse)
        tables = _declared_tables(workspace)
        views = _declared_views(workspace)
        declared_hash = _hash(warehouse, tables, views)
        if warehouse.value("catalog.is_declared", declared_hash=declared_hash):
            return
        declare(warehouse, tables, is_new)
        for view in views:
            warehouse.create(view, is_view=True)
            warehouse.perform("tables.view_comments", view=view.name)
        warehouse.perform("catalog.store_declared", declared_hash=declared_hash)


def _declared_tables(workspace: Workspace) -> list[DeclaredTable]:
    project, library = workspace.project, workspace.library
    of_profiles = profiles(project.properties)
    tables = [DeclaredTable(of_profiles.table, _columns(workspace, of_profiles.properties))]
    tables += declared_event_tables(library, project)
    for name, declared in project.group_types.items():
        comment = declared.description or declared.title or f"One row per {name}"
        table = groups(name, declared.properties).table
        columns = _columns(workspace, declared.properties)
        tables.append(DeclaredTable(table, columns, "group", comment))
    return tables


def _declared_views(workspace: Workspace) -> list[Model]:
    """Return the view `timeline`, and `consent` where objectives are declared."""
    project, library = workspace.project, workspace.library
    views = (timeline_view(project.event_types, library), consent_view(project, library))
    return [view for view in views if view is not None]


def _hash(warehouse: Warehouse, tables: Sequence[DeclaredTable], views: Sequence[Model]) -> str:
    """Return a hash of all that makes these tables and views."""
    made_by = [
        *(warehouse.statement("tables.declared", **table.values) for table in tables),
        *(view.sql + warehouse.statement("tables.view_comments", view=view.name) for view in views),
    ]
    return hashlib.sha256("\0".join((*made_by, repr(tables))).encode()).hexdigest()


def add_properties(
    warehouse: Warehouse, workspace: Workspace, table: Sql, properties: Mapping[str, Property]
) -> None:
    """Give a table a column for each property that is not declared; those it has stay."""
    if properties:
        shape(warehouse, table, _columns(workspace, properties))


def _columns(workspace: Workspace, properties: Mapping[str, Property]) -> Columns:
    types = columns_of(properties, workspace.library.macro("sql_type"))
    return {name: (types[name], comment_of(name, properties[name])) for name in properties}


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
