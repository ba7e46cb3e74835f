"""Rows of a batch linked to profiles, or groups, inside the transaction of their goal (P1, P2)."""

from collections.abc import Mapping
from dataclasses import dataclass

from runner.compile.import_plan import ImportPlan
from runner.definitions.event_type import EventType
from runner.errors import ExecutionError
from runner.imports.consent_checking import check_consent, permit, start_consent_check, withhold
from runner.imports.decision_merging import merge_decided, part_separated
from runner.imports.junk_values import drop_junk, ignored_warnings, keep_shared, restore_junk
from runner.imports.limited_values import find_over_limit
from runner.imports.merging import delete_ambiguous, merge_profiles
from runner.pipeline.pipeline import Pipeline

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
    plan: ImportPlan,
    steps: Pipeline,
    event_types: Mapping[str, EventType],
    build_id: str,
) -> Linked:
    """Find the profile of each row that was read; decisions are applied first.

    Rows of people without consent link no profiles: where they did, the others are linked again
    without them. Profiles that turn out to be one are merged, where the goal says so.
    """
    merged = merge_decided(plan, steps, event_types, build_id)
    warnings = part_separated(plan, steps)
    warnings += ignored_warnings(plan, steps)
    warnings += _find_consenting(plan, steps)
    joined = 0
    if plan.is_merging:
        joined = merge_profiles(plan, steps, event_types, build_id)
    is_linked_again = joined > 0 or not plan.objectives
    if is_linked_again:
        steps.run_now("links")
    no_consent = permit(plan, steps, is_linked_again)
    delete_ambiguous(plan, steps, build_id)
    return Linked(merged + joined, warnings, no_consent)


def _find_consenting(plan: ImportPlan, steps: Pipeline) -> tuple[str, ...]:
    """Find the people of the batch, and which of them consented (C1); returns warnings."""
    start_consent_check(steps.warehouse, plan)
    while True:
        warnings = find_customers(plan, steps)
        # Without objectives nobody can refuse: one turn.
        if not plan.objectives:
            break
        steps.run_now("links")
        check_consent(plan, steps)
        # The last turn: no refused row links others, or changes how often a value is shared.
        if not withhold(plan, steps):
            break
        # The next turn links without the refused rows, and counts the shared values again.
        if plan.is_guarded and warnings:
            restore_junk(plan, steps)
    if plan.is_guarded:
        keep_shared(steps)
    return warnings


def find_customers(plan: ImportPlan, steps: Pipeline) -> tuple[str, ...]:
    """Find the customer of each set of identifier values (P1); returns warnings."""
    warnings: tuple[str, ...] = ()
    steps.run_now("identities")
    if plan.limited_keys:
        over_limit = steps.relation("contested")
        steps.warehouse.create_temporary(over_limit, "identifiers.none_over_limit")
    if plan.is_guarded:
        find_components(steps, "open_edges")
        warnings = drop_junk(plan, steps)
    if len(plan.identity_keys) > 1:
        find_components(steps)
        if plan.limited_keys and find_over_limit(plan, steps):
            find_components(steps)
    steps.run_now("clusters")
    if plan.may_keep_apart:
        steps.run_now("possible_merges")
    return warnings


def find_components(steps: Pipeline, edges: str = "edges") -> None:
    """Contract the graph of identifier values until no edge is left (P1).

    Each round joins every node to the least of its neighbours; what a node was joined to is
    followed through all rounds, so that in the end it names its component.
    """
    steps.run_now(edges, "contracted_parents", "first_components")
    for _ in range(MAXIMUM_ROUNDS):
        steps.run_now("contracted_edges", "remaining_edges")
        if steps.count("edges") == 0:
            return
        steps.run_now("contracted_parents", "components")
    raise ExecutionError(f"the identifiers did not contract in {MAXIMUM_ROUNDS} rounds")
