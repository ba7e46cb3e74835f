"""The tables of events: one per event type, one per nested list; and products."""

from collections.abc import Iterator, Mapping

from runner.compile.derived_tables import PRODUCTS, products_model
from runner.compile.entity import FEED
from runner.compile.library import Library
from runner.definitions.event_type import EventProperty, EventType, NestedList, event_table
from runner.definitions.import_products import product_properties
from runner.definitions.profile_property import Property
from runner.definitions.project import Project
from runner.engine.schema import DeclaredTable
from runner.engine.warehouse import Warehouse
from runner.sql.quoting import quoted_relation

Declared = EventProperty | Property


def declared_event_tables(library: Library, project: Project) -> Iterator[DeclaredTable]:
    """Yield the tables of all event types, and those of products, with a column per property."""

    def columns(properties: Mapping[str, Declared]) -> dict[str, tuple[str, str]]:
        types = sql_types(library, properties)
        return {name: (types[name], _comment(name, properties[name])) for name in properties}

    for name, declared in project.event_types.items():
        relation = quoted_relation("main", event_table(name))
        comment = _described(declared, name)
        yield DeclaredTable(relation, columns(declared.properties), "event", comment)
        for nested, items in declared.nested.items():
            relation = quoted_relation("main", event_table(name, nested))
            comment = _described(items, f"{name}.{nested}")
            yield DeclaredTable(relation, columns(items.properties), "item", comment)
    for relation in (PRODUCTS, FEED):
        yield DeclaredTable(relation, columns(product_properties(project.event_types)))


def sql_types(library: Library, properties: Mapping[str, Declared]) -> dict[str, str]:
    """Return the SQL type of each property."""
    sql_type = library.macro("sql_type")
    return {name: sql_type(declared.type) for name, declared in properties.items()}


def fill_products(warehouse: Warehouse, library: Library, project: Project) -> None:
    """Fill `products` again from the events and feeds that are there (E4)."""
    columns = sql_types(library, product_properties(project.event_types))
    model = products_model(project, columns, library)
    warehouse.fill(model)


def _described(declared: EventType | NestedList, name: str) -> str:
    return declared.description or declared.title or f"One row per {name}"


def _comment(name: str, declared: Declared) -> str:
    return declared.description or declared.title or name
