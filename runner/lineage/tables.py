"""The public tables of the warehouse as nodes: profiles, events, groups, products and others."""

from collections.abc import Mapping

from runner.compile.public_tables import PUBLIC
from runner.definitions.event_type import EventProperty, event_table
from runner.definitions.group_type import group_table
from runner.definitions.import_products import feed_properties
from runner.definitions.profile_property import Property
from runner.definitions.project import Project
from runner.errors import Location
from runner.lineage.node import Filling, LineageColumn, LineageNode, facts

DESCRIPTIONS = {
    "profiles": "One row per profile, a column per property",
    "profile_groups": "One row per profile and group that it belongs to",
    "profile_aliases": "One row per profile id that became part of another profile",
    "segment_members": "One row per segment and member",
    "timeline": "One row per event, of all types",
    "products": "One row per product that was ordered or fed",
    "consent": "One row per profile and objective",
}

Fillings = Mapping[tuple[str, str], tuple[Filling, ...]]
"""Table and column -> how goals fill it."""
Rest = Mapping[str, Mapping[str, Property]]
"""Table -> the properties that `map_rest` makes of columns of files."""


def table_nodes(project: Project, fillings: Fillings, rest: Rest) -> dict[str, LineageNode]:
    """Return the node of each public table, by the name of the table."""
    names = [*PUBLIC, *(("consent",) if project.file.objectives else ())]
    nodes = {
        name: LineageNode(
            "table",
            name,
            description=DESCRIPTIONS[name],
            columns=_columns(project, name, fillings, rest),
        )
        for name in names
    }
    return nodes | _event_nodes(project, fillings) | _group_nodes(project, fillings, rest)


def property_nodes(
    properties: Mapping[str, Property], fillings: Fillings
) -> dict[str, LineageNode]:
    """Return the node of each property of profiles, by its name."""
    return {
        name: LineageNode(
            "property",
            name,
            item.title,
            item.description,
            _where(item),
            columns=(_column("profiles", name, item, fillings),),
            facts=_property_facts(item),
        )
        for name, item in properties.items()
    }


def _property_facts(item: Property) -> tuple[tuple[str, str], ...]:
    return facts(
        type=item.type,
        several_values="yes" if item.multi else "",
        identifier="yes" if item.identifier else "",
        group=item.group,
        personal_data="yes" if item.pii else "",
        permission_level=item.permission_level,
        ignored_values=item.ignore,
        merge=item.merge,
    )


def _where(declared: Property) -> Location | None:
    location = declared.location(of_key=True)
    return None if location.file.startswith("(") else location


def _columns(
    project: Project, table: str, fillings: Fillings, rest: Rest
) -> tuple[LineageColumn, ...]:
    if table == "profiles":
        declared: Mapping[str, Property] = {**rest.get(table, {}), **project.properties}
    elif table == "products":
        declared = feed_properties(project.event_types)
    else:
        return ()
    return tuple(_column(table, name, item, fillings) for name, item in declared.items())


def _column(
    table: str, name: str, item: Property | EventProperty, fillings: Fillings
) -> LineageColumn:
    several = isinstance(item, Property) and item.multi
    return LineageColumn(
        name,
        item.title,
        item.description,
        f"{item.type}, several" if several else item.type,
        is_personal=item.pii,
        filled=fillings.get((table, name), ()),
    )


def _event_nodes(project: Project, fillings: Fillings) -> dict[str, LineageNode]:
    nodes = {}
    for name, declared in project.event_types.items():
        for nested in ("", *declared.nested):
            part = declared.nested[nested] if nested else declared
            table = event_table(name, nested)
            location = part.location()
            nodes[table] = LineageNode(
                "event",
                f"{name}.{nested}" if nested else name,
                part.title,
                part.description,
                None if location.file.startswith("(") else location,
                columns=tuple(
                    _column(table, key, item, fillings) for key, item in part.properties.items()
                ),
                facts=facts(table=table),
            )
    return nodes


def _group_nodes(project: Project, fillings: Fillings, rest: Rest) -> dict[str, LineageNode]:
    nodes = {}
    for name, declared in project.group_types.items():
        table = group_table(name)
        location = declared.location()
        properties = {**declared.properties, **rest.get(table, {})}
        nodes[table] = LineageNode(
            "group",
            name,
            declared.title,
            declared.description,
            None if location.file.startswith("(") else location,
            columns=tuple(_column(table, key, item, fillings) for key, item in properties.items()),
            facts=facts(table=table, identifier=declared.identifier),
        )
    return nodes
