"""The models of tables and views that a build derives from what goals imported."""

from collections.abc import Mapping
from typing import Any

from runner.compile.library import Library
from runner.definitions.check_events import product_list
from runner.definitions.event_type import EventType, event_table
from runner.definitions.import_goal import ImportGoal
from runner.definitions.import_products import PRODUCT_ID
from runner.definitions.project import Project
from runner.model import Model
from runner.sql.quoting import Sql

PRODUCTS = Sql("main.products")


def product_stores(project: Project) -> list[dict[str, Any]]:
    """Return the nested lists that feed `products`, each with the goals that fill it."""
    stores: dict[tuple[str, str], dict[str, Any]] = {}
    for connection in project.connections:
        for goal in connection.goals:
            for event in goal.mapped_events if isinstance(goal, ImportGoal) else ():
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
    sql, locations = library.render("public/products.sql", variables)
    return Model("products", sql, PRODUCTS, "table", "products.sql", locations)


def profile_groups_model(project: Project, library: Library) -> Model:
    """Return the model of `profile_groups`, a row per profile, property and group named."""
    links = []
    for name, declared in project.properties.items():
        if declared.group is None:
            continue
        group = project.group_types[declared.group]
        assert group.identifier is not None
        links.append(
            {
                "property": name,
                "multi": declared.multi,
                "group_type": declared.group,
                "identifier": f"{declared.group}:{group.identifier}",
                # Values that identify no group, such as `0`, name none either (P2).
                "named_by": group.properties[group.identifier],
            }
        )
    sql, locations = library.render("public/profile_groups.sql", {"links": links})
    return Model(
        name="profile_groups",
        sql=sql,
        relation=Sql("main.profile_groups"),
        materialization="table",
        path="profile_groups.sql",
        locations=locations,
    )


def consent_view(project: Project, library: Library) -> Model | None:
    """Return the view `consent`; None where no objective is declared."""
    if not project.file.objectives:
        return None
    sql, locations = library.render("public/consent.sql", {})
    return Model("consent", sql, Sql("main.consent"), "view", "consent.sql", locations)


def timeline_view(event_types: Mapping[str, EventType], library: Library) -> Model:
    """Return the view `timeline`, a row per event of any type."""
    sql, locations = library.render("public/timeline.sql", {"event_types": event_types})
    return Model("timeline", sql, Sql("main.timeline"), "view", "timeline.sql", locations)
