"""The tables of events: one per event type, one per nested list, and the view over them."""

from collections.abc import Mapping

from runner.compile.derived_tables import PRODUCTS, products_model, timeline_view
from runner.compile.entity import FEED
from runner.compile.library import Library
from runner.definitions.event_type import EventProperty, EventType, NestedList, event_table
from runner.definitions.import_products import product_properties
from runner.definitions.profile_property import Property
from runner.definitions.project import Project
from runner.engine.schema import PresentColumns, shape
from runner.engine.warehouse import Warehouse
from runner.sql.quoting import Sql, quoted_relation

Declared = EventProperty | Property


def shape_events(
    warehouse: Warehouse, library: Library, project: Project, present: PresentColumns
) -> None:
    """Make the tables of all event types, with a column per property, `timeline`, `products`."""
    event_types = project.event_types

    def columns(properties: Mapping[str, Declared]) -> dict[str, tuple[str, str]]:
        types = sql_types(library, properties)
        return {name: (types[name], _comment(name, properties[name])) for name in properties}

    for name, declared in event_types.items():
        relation = _made(warehouse, "tables.events", event_table(name), name, declared)
        shape(warehouse, relation, columns(declared.properties), present)
        for nested, items in declared.nested.items():
            table = event_table(name, nested)
            relation = _made(warehouse, "tables.items", table, f"{name}.{nested}", items)
            shape(warehouse, relation, columns(items.properties), present)
    view = timeline_view(event_types, library)
    warehouse.create(view, is_view=True)
    warehouse.perform("tables.timeline_comments")
    for relation in (PRODUCTS, FEED):
        shape(warehouse, relation, columns(product_properties(project.event_types)), present)


def sql_types(library: Library, properties: Mapping[str, Declared]) -> dict[str, str]:
    """Return the SQL type of each property."""
    sql_type = library.macro("sql_type")
    return {name: sql_type(declared.type) for name, declared in properties.items()}


def fill_products(warehouse: Warehouse, library: Library, project: Project) -> None:
    """Fill `products` again from the events and feeds that are there (E4)."""
    columns = sql_types(library, product_properties(project.event_types))
    model = products_model(project, columns, library)
    warehouse.fill(model)


def _made(
    warehouse: Warehouse, statement: str, table: str, name: str, declared: EventType | NestedList
) -> Sql:
    """Make a table that is not there; returns its name in SQL."""
    relation = quoted_relation("main", table)
    comment = declared.description or declared.title or f"One row per {name}"
    warehouse.perform(statement, relation=relation, comment=comment)
    return relation


def _comment(name: str, declared: Declared) -> str:
    return declared.description or declared.title or name
