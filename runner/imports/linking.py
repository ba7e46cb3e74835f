"""Rows of a batch linked to profiles, or groups, inside the transaction of their goal (P1, P2)."""

from collections.abc import Mapping
from dataclasses import dataclass

from runner.compile.import_models import ImportModels
from runner.compile.import_plan import ImportPlan
from runner.definitions.event_type import EventType
from runner.engine.warehouse import Warehouse
from runner.errors import ExecutionError
from runner.imports.consent_checking import check_consent, permit, start_consent_check, withhold
from runner.imports.decision_merging import merge_decided, part_separated
from runner.imports.junk_values import drop_junk, ignored_warnings, keep_shared, restore_junk
from runner.imports.limited_values import find_over_limit
from runner.imports.merging import list_ambiguous, merge_profiles

MAXIMUM_ROUNDS = 100
"""A graph of n nodes contracts in about log(n) rounds; this many mean a defect."""


@dataclass(frozen=True)
class Linked:
    """What linking did besides giving each row its profile."""

    # Profiles that became part of another.
    merged: int
    warnings: tuple[str, ...]
    # Rows of people without consent, by reason.
    no_consent: Mapping[str, int]


def link_rows(
    warehouse: Warehouse,
    plan: ImportPlan,
    models: ImportModels,
    event_types: Mapping[str, EventType],
    build_id: str,
) -> Linked:
    """Find the profile of each row that was read; decisions are applied first.

    Rows of people without consent link no profiles: where they did, the others are linked again
    without them. Profiles that turn out to be one are merged, where the goal says so.
    """
    merged = merge_decided(warehouse, plan, models, event_types, build_id)
    warnings = part_separated(warehouse, plan, models)
    warnings += ignored_warnings(warehouse, plan, models)
    warnings += _find_consenting(warehouse, plan, models)
    joined = 0
    if plan.is_merging:
        joined = merge_profiles(warehouse, plan, models, event_types, build_id)
    is_linked_again = joined > 0 or not plan.objectives
    if is_linked_again:
        warehouse.run(models["links"])
    no_consent = permit(warehouse, plan, models, is_linked_again)
    list_ambiguous(warehouse, plan, models, build_id)
    return Linked(merged + joined, warnings, no_consent)


def _find_consenting(
    warehouse: Warehouse, plan: ImportPlan, models: ImportModels
) -> tuple[str, ...]:
    """Find the people of the batch, and which of them consented (C1); returns warnings."""
    start_consent_check(warehouse, plan)
    while True:
        warnings = find_customers(warehouse, plan, models)
        # Without objectives nobody can refuse: one turn.
        if not plan.objectives:
            break
        warehouse.run(models["links"])
        check_consent(warehouse, plan, models)
        # The last turn: no refused row links others, or changes how often a value is shared.
        if not withhold(warehouse, plan, models):
            break
        # The next turn links without the refused rows, and counts the shared values again.
        if plan.is_guarded and warnings:
            restore_junk(warehouse, plan, models)
    if plan.is_guarded:
        keep_shared(warehouse, models)
    return warnings


def find_customers(warehouse: Warehouse, plan: ImportPlan, models: ImportModels) -> tuple[str, ...]:
    """Find the customer of each set of identifier values (P1); returns warnings."""
    warnings: tuple[str, ...] = ()
    warehouse.run(models["identities"])
    if plan.limited_keys:
        over_limit = models["contested"].relation
        warehouse.create_temporary(over_limit, "identifiers.none_over_limit")
    if plan.is_guarded:
        find_components(warehouse, models, "open_edges")
        warnings = drop_junk(warehouse, plan, models)
    if len(plan.identity_keys) > 1:
        find_components(warehouse, models)
        if plan.limited_keys and find_over_limit(warehouse, plan, models):
            find_components(warehouse, models)
    warehouse.run(models["clusters"])
    if plan.may_keep_apart:
        warehouse.run(models["possible_merges"])
    return warnings


def find_components(warehouse: Warehouse, models: ImportModels, edges: str = "edges") -> None:
    """Contract the graph of identifier values until no edge is left (P1).

    Each round joins every node to the least of its neighbours; what a node was joined to is
    followed through all rounds, so that in the end it names its component.
    """
    warehouse.run(models[edges])
    warehouse.run(models["contracted_parents"])
    warehouse.run(models["first_components"])
    for _ in range(MAXIMUM_ROUNDS):
        warehouse.run(models["contracted_edges"])
        warehouse.run(models["remaining_edges"])
        if warehouse.count(models["edges"].relation) == 0:
            return
        warehouse.run(models["contracted_parents"])
        warehouse.run(models["components"])
    raise ExecutionError(f"the identifiers did not contract in {MAXIMUM_ROUNDS} rounds")
