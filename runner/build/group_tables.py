"""The tables of groups: those that imports write, and those that analysts read (G1)."""

from collections.abc import Iterator, Mapping

from runner.build.workspace import Workspace
from runner.compile.group_models import MEMBERSHIPS, group_models
from runner.compile.import_models import columns_of, comment_of
from runner.compile.import_plan import imported_table
from runner.compile.library import Library
from runner.compile.sql_text import quoted_name, quoted_text
from runner.definitions.group_type import GROUP_RESERVED, GroupType, group_table
from runner.definitions.profile_property import Property
from runner.execute.duckdb.materialization import materialize
from runner.execute.duckdb.warehouse import Warehouse


def shape_groups(
    warehouse: Warehouse, library: Library, name: str, declared: Mapping[str, Property]
) -> None:
    """Make the table that imports keep the groups of a type in, a column per property."""
    sql_type = library.environment.jinja.globals["sql_type"]
    assert callable(sql_type)
    types = columns_of(declared, lambda word: str(sql_type(word)).strip())
    relation = imported_table(name)
    comment = quoted_text(f"One row per group of the type {name}")
    warehouse.perform("group_table", relation=relation, comment=comment)
    warehouse.shape(
        relation,
        {key: (types[key], comment_of(key, declared[key])) for key in declared},
    )


def known_group_properties(
    warehouse: Warehouse, workspace: Workspace, name: str
) -> dict[str, Property]:
    """Return the properties of a group type: those declared, and those of `map_rest`."""
    properties = dict(workspace.project.group_types[name].properties)
    table = f"main.{group_table(name)}"
    for relation, column, _ in warehouse.perform("table_columns"):
        if relation == table and column not in (*properties, *GROUP_RESERVED):
            properties[str(column)] = Property()
    return properties


def fill_groups(warehouse: Warehouse, workspace: Workspace) -> None:
    """Make `profile_groups` and the tables of groups anew of what was imported."""
    types = workspace.project.group_types
    models = group_models(workspace.project, workspace.library)
    for model in models:
        path = workspace.generated / "compiled" / model.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(model.sql + "\n", encoding="utf-8")
        with warehouse.transaction():
            materialize(warehouse, model)
            if model.name == MEMBERSHIPS:
                warehouse.perform("membership_comments")
    for name, declared in types.items():
        _comment(warehouse, workspace, name, declared)


def _comment(warehouse: Warehouse, workspace: Workspace, name: str, declared: GroupType) -> None:
    relation = f"main.{quoted_name(group_table(name))}"
    told = declared.description or declared.title or f"One row per group of the type {name}"
    warehouse.perform("comment", kind="table", relation=relation, comment=quoted_text(told))
    for column, text in _columns(known_group_properties(warehouse, workspace, name)):
        warehouse.perform(
            "comment", kind="column", relation=f"{relation}.{quoted_name(column)}", comment=text
        )


def _columns(properties: Mapping[str, Property]) -> Iterator[tuple[str, str]]:
    yield "group_id", quoted_text("Made from the type and the first identifier of the group")
    for name, declared in properties.items():
        yield name, comment_of(name, declared)
    yield "members", quoted_text("Profiles that belong to it")
    yield "created_at", quoted_text("When the file was written that first named it (UTC)")
    yield "updated_at", quoted_text("When the file was written that last changed a value (UTC)")
