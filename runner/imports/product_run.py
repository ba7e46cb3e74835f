"""The rows of a product feed, inside its transaction (E4)."""

from runner.compile.import_models import ImportModels
from runner.compile.import_plan import ImportPlan
from runner.engine.duckdb.warehouse import Warehouse
from runner.imports.import_counts import ImportCounts, link_books
from runner.imports.unread_values import unread_warnings
from runner.sql.quoting import quoted_text


def apply_products(warehouse: Warehouse, plan: ImportPlan, models: ImportModels) -> ImportCounts:
    """Fold the rows that were read into products, and keep those that are other now.

    Raises ExecutionError at the line of the definition that the engine refused.
    """
    for step in ("rows", "new_products", "links", "applied_rows"):
        warehouse.run(models[step])
    rejected = warehouse.run(models["new_rejects"])
    unread = unread_warnings(warehouse, plan, models) if rejected else ()
    warehouse.perform(
        "put_products", goal=quoted_text(plan.name), fresh=models["new_products"].relation
    )
    return ImportCounts(
        joined=warehouse.count(models["rows"].relation),
        outcomes={str(name): int(count) for name, count in warehouse.read(models["outcomes"])},
        links=link_books(warehouse, models),
        profiles_created=0,
        profiles_updated=0,
        profiles_unchanged=0,
        rejected_values=rejected,
        warnings=unread,
    )
