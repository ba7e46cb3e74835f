"""The tables of events: one per event type, one per nested list, and the view over them."""

from collections.abc import Mapping

from runner.compile.derived_tables import PRODUCTS, products_model, timeline_view
from runner.compile.entity import FEED
from runner.compile.library import Library
from runner.definitions.event_type import EventProperty, EventType, NestedList, event_table
from runner.definitions.import_products import product_properties
from runner.definitions.profile_property import Property
from runner.definitions.project import Project
from runner.engine.duckdb.warehouse import PresentColumns, Warehouse
from runner.sql.quoting import quoted_name, quoted_text

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
        relation = _made(warehouse, "event_table", event_table(name), name, declared)
        warehouse.shape(relation, columns(declared.properties), present)
        for nested, items in declared.nested.items():
            table = event_table(name, nested)
            relation = _made(warehouse, "item_table", table, f"{name}.{nested}", items)
            warehouse.shape(relation, columns(items.properties), present)
    view = timeline_view(event_types, library)
    warehouse.put(view, "view", relation=view.relation)
    warehouse.perform("timeline_comments")
    for relation in (PRODUCTS, FEED):
        warehouse.shape(relation, columns(product_properties(project.event_types)), present)


def sql_types(library: Library, properties: Mapping[str, Declared]) -> dict[str, str]:
    """Return the SQL type of each property."""
    sql_type = library.macro("sql_type")
    return {name: sql_type(declared.type) for name, declared in properties.items()}


def fill_products(warehouse: Warehouse, library: Library, project: Project) -> None:
    """Make `products` anew of the events and feeds that are there (E4)."""
    columns = sql_types(library, product_properties(project.event_types))
    model = products_model(project, columns, library)
    warehouse.put(model, "fill", relation=model.relation)


def _made(
    warehouse: Warehouse, statement: str, table: str, name: str, declared: EventType | NestedList
) -> str:
    """Make a table that is not there; returns its name in SQL."""
    relation = f"main.{quoted_name(table)}"
    comment = quoted_text(declared.description or declared.title or f"One row per {name}")
    warehouse.perform(statement, relation=relation, comment=comment)
    return relation


def _comment(name: str, declared: Declared) -> str:
    return quoted_text(declared.description or declared.title or name)
