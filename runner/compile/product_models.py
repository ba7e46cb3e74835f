"""The model of `products`: what is sold, and how often it was ordered (E4)."""

from collections.abc import Mapping
from typing import Any

from runner.compile.library import Library
from runner.definitions.check_events import product_list
from runner.definitions.event_type import event_table
from runner.definitions.import_goal import ImportGoal
from runner.definitions.import_products import PRODUCT_ID
from runner.definitions.project import Project
from runner.model import Model

PRODUCTS = "main.products"


def product_stores(project: Project) -> list[dict[str, Any]]:
    """Return the nested lists that feed `products`, each with the goals that fill it."""
    stores: dict[tuple[str, str], dict[str, Any]] = {}
    for connection in project.connections:
        for goal in connection.goals:
            for event in goal.told_events if isinstance(goal, ImportGoal) else ():
                declared = project.event_types[event.type]
                nested = product_list(event, declared)
                if not event.product_store or nested is None:
                    continue
                store = stores.setdefault(
                    (event.type, nested),
                    {
                        "type": event.type,
                        "table": event_table(event.type, nested),
                        "event_table": event_table(event.type),
                        "identifier": PRODUCT_ID
                        if PRODUCT_ID in declared.nested[nested].properties
                        else declared.nested[nested].identifier,
                        "columns": tuple(declared.nested[nested].properties),
                        "goals": [],
                    },
                )
                store["goals"].append(f"{connection.connection}.{goal.name}")
    return list(stores.values())


def products_model(project: Project, columns: Mapping[str, str], library: Library) -> Model:
    """Return the model of `products`; `columns` are its details with their SQL types."""
    variables = {"stores": product_stores(project), "columns": columns}
    sql, locations = library.render("products/products.sql", variables)
    return Model("products", sql, PRODUCTS, "table", "products.sql", locations)
