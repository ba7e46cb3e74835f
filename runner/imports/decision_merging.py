"""Decisions about customers (`models/identity/decisions.csv`), applied to the rows of a goal."""

from collections.abc import Mapping
from itertools import combinations

from runner.compile.import_models import ImportModels
from runner.compile.import_plan import ImportPlan
from runner.definitions.decisions import PATH
from runner.definitions.event_type import EventType
from runner.engine.warehouse import Warehouse
from runner.imports.merging import merge_profiles


def merge_decided(
    warehouse: Warehouse,
    plan: ImportPlan,
    models: ImportModels,
    event_types: Mapping[str, EventType],
    build_id: str,
    with_rows: bool = True,
) -> int:
    """Merge the profiles that a decision calls one; returns how many became part of another.

    Values that no profile has yet are given to the one that has another value of the customer.
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
    """Remove the later of two values in a row that a decision calls separate.

    The later value is that of the later item of `by`. Returns a warning for each decision whose
    values one profile has already.
    """
    if not plan.separated:
        return ()
    separated = models["separated"]
    warehouse.run(separated)
    for earlier, later in combinations(plan.identity_keys, 2):
        warehouse.perform(
            "identifiers.part_rows",
            rows=models["rows"].relation,
            separated=separated.relation,
            earlier=earlier.column,
            later=later.column,
            identifier=earlier.identifier,
            other_identifier=later.identifier,
        )
    return tuple(
        f"{PATH}:{line}: one {plan.entity.noun} has both values already;"
        " `runner build --full-refresh` takes it apart"
        for (line,) in warehouse.perform(
            "identifiers.separated_as_one", separated=separated.relation
        )
    )
