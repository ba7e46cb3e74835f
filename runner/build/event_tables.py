"""The tables of events: one per event type, one per nested list, and the view over them."""

from collections.abc import Callable, Mapping

from runner.compile.library import Library
from runner.compile.sql_text import quoted_name, quoted_text
from runner.definitions.event_type import EventProperty, EventType, NestedList, event_table
from runner.execute.duckdb.warehouse import Warehouse
from runner.model import Model


def shape_events(
    warehouse: Warehouse, library: Library, event_types: Mapping[str, EventType]
) -> None:
    """Make the tables of all event types, with a column per property, and `timeline`."""
    sql_type = library.environment.jinja.globals["sql_type"]

    def columns(properties: Mapping[str, EventProperty]) -> dict[str, tuple[str, str]]:
        assert callable(sql_type)
        return {
            name: (str(sql_type(declared.type)).strip(), _comment(name, declared))
            for name, declared in properties.items()
        }

    for name, declared in event_types.items():
        _shape(warehouse, "event_table", event_table(name), name, declared, columns)
        for nested, items in declared.nested.items():
            table = event_table(name, nested)
            _shape(warehouse, "item_table", table, f"{name}.{nested}", items, columns)
    sql, places = library.render("events/timeline.sql", {"event_types": event_types})
    view = Model("timeline", sql, "main.timeline", "view", "timeline.sql", places)
    warehouse.put(view, "view", relation=view.relation)
    warehouse.perform("timeline_comments")


def _shape(
    warehouse: Warehouse,
    statement: str,
    table: str,
    name: str,
    declared: EventType | NestedList,
    columns: Callable[[Mapping[str, EventProperty]], dict[str, tuple[str, str]]],
) -> None:
    relation = f"main.{quoted_name(table)}"
    comment = quoted_text(declared.description or declared.title or f"One row per {name}")
    warehouse.perform(statement, relation=relation, comment=comment)
    warehouse.shape(relation, columns(declared.properties))


def _comment(name: str, declared: EventProperty) -> str:
    return quoted_text(declared.description or declared.title or name)
