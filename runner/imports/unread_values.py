"""Properties of which a batch could read no value: more often a wrong format than bad data."""

from runner.compile.import_models import ImportModels
from runner.compile.import_plan import ImportPlan
from runner.engine.duckdb.warehouse import Warehouse
from runner.imports.expected_format import expected_format

FEWEST = 10
"""Values of which none could be read, from which on their format is in doubt."""


def unread_warnings(
    warehouse: Warehouse, plan: ImportPlan, models: ImportModels
) -> tuple[str, ...]:
    """Return a warning for each property whose values were all set aside (R6)."""
    told = []
    for item in plan.values:
        if item.declared.type == "text" or item in plan.consents:
            continue
        read, unread = warehouse.perform(
            "unread_values",
            rows=models["applied_rows"].relation,
            column=item.column,
            rejected=item.rejected,
        )[0]
        if not read and unread >= FEWEST:
            told.append(
                f"no value of `{item.name}` could be read, in {unread:,} rows: none is"
                f" {item.declared.type} as {expected_format(item)}; if that is not how they are"
                f" written, mend the `format`, which `runner preview {plan.name}` tries"
            )
    return tuple(told)
