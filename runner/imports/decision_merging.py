"""Decisions about customers (`models/identity/decisions.csv`), applied to the rows of a goal."""

from collections.abc import Mapping
from itertools import combinations

from runner.compile.import_plan import ImportPlan
from runner.definitions.decisions import PATH
from runner.definitions.event_type import EventType
from runner.imports.merging import merge_profiles
from runner.pipeline.pipeline import Pipeline


def merge_decided(
    plan: ImportPlan,
    steps: Pipeline,
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
    while count := merge_profiles(plan, steps, event_types, build_id, "decided_merges", with_rows):
        merged += count
    steps.run_now("decided_identifiers")
    return merged


def part_separated(plan: ImportPlan, steps: Pipeline) -> tuple[str, ...]:
    """Remove the later of two values in a row that a decision calls separate.

    The later value is that of the later item of `by`. Returns a warning for each decision whose
    values one profile has already.
    """
    warehouse = steps.warehouse
    if not plan.separated:
        return ()
    steps.run_now("separated")
    separated = steps.relation("separated")
    for earlier, later in combinations(plan.identity_keys, 2):
        warehouse.perform(
            "identifiers.part_rows",
            rows=steps.relation("rows"),
            separated=separated,
            earlier=earlier.column,
            later=later.column,
            identifier=earlier.identifier,
            other_identifier=later.identifier,
        )
    return tuple(
        f"{PATH}:{line}: one {plan.entity.noun} has both values already;"
        " `runner build --full-refresh` takes it apart"
        for (line,) in warehouse.perform("identifiers.separated_as_one", separated=separated)
    )
