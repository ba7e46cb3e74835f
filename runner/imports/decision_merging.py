"""What people decided of customers, applied to a goal (`models/identity/decisions.csv`)."""

from collections.abc import Mapping
from itertools import combinations

from runner.compile.import_models import ImportModels
from runner.compile.import_plan import ImportPlan
from runner.definitions.decisions import PATH
from runner.definitions.event_type import EventType
from runner.engine.duckdb.warehouse import Warehouse
from runner.imports.merging import merge_profiles
from runner.sql.quoting import quoted_name, quoted_text


def merge_decided(
    warehouse: Warehouse,
    plan: ImportPlan,
    models: ImportModels,
    event_types: Mapping[str, EventType],
    build_id: str,
    with_rows: bool = True,
) -> int:
    """Merge the profiles that are one customer by a decision; returns how many became part.

    Values that nobody has yet are given to the profile that has another one of the customer.
    """
    if not plan.decided:
        return 0
    merged = 0
    while count := merge_profiles(
        warehouse, plan, models, event_types, build_id, "decided_merges", with_rows
    ):
        merged += count
    warehouse.run(models["decided_identifiers"])
    return merged


def part_separated(warehouse: Warehouse, plan: ImportPlan, models: ImportModels) -> tuple[str, ...]:
    """Let a row that holds two values which are separate by a decision keep the earlier one.

    The earlier is that of the earlier item of `by`. Returns a warning per decision whose values
    one profile has already.
    """
    if not plan.separated:
        return ()
    separated = models["separated"]
    warehouse.run(separated)
    for earlier, later in combinations(plan.keys, 2):
        warehouse.perform(
            "part_rows",
            rows=models["rows"].relation,
            separated=separated.relation,
            earlier=quoted_name(f"key {earlier.number}"),
            later=quoted_name(f"key {later.number}"),
            identifier=quoted_text(earlier.identifier),
            other_identifier=quoted_text(later.identifier),
        )
    return tuple(
        f"{PATH}:{line}: one {plan.entity.noun} has both values already;"
        " `runner build --full-refresh` takes it apart"
        for (line,) in warehouse.perform("separated_as_one", separated=separated.relation)
    )
