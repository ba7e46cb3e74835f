"""Consent in an import: stated by rows, and checked before rows are applied (C1)."""

from collections.abc import Mapping

from runner.compile.import_plan import ImportPlan
from runner.engine.warehouse import Warehouse
from runner.pipeline.pipeline import Pipeline
from runner.sql.quoting import Sql, quoted_name


def start_consent_check(warehouse: Warehouse, plan: ImportPlan) -> None:
    """Begin with no refusals, where refusals may change how rows are linked."""
    if plan.may_withhold:
        warehouse.create_temporary(_relation(plan, "withheld_rows"), "consent.none_withheld")
    if plan.may_keep_apart:
        warehouse.create_temporary(_relation(plan, "refused_merges"), "consent.none_apart")


def check_consent(plan: ImportPlan, steps: Pipeline) -> None:
    """Find which of the people in the batch did not consent (C1).

    Statements in the rows themselves count first. Profiles that only rows without consent would
    merge stay separate.
    """
    warehouse = steps.warehouse
    _hear(plan, steps)
    steps.run_now("refusers")
    steps.run_now("refused")
    if plan.may_keep_apart:
        warehouse.perform(
            "consent.keep_apart",
            apart=_relation(plan, "refused_merges"),
            possible=steps.relation("possible_merges"),
            refused=steps.relation("refused"),
        )


def _hear(plan: ImportPlan, steps: Pipeline) -> None:
    """Find what the rows state, and since when their lines have stated it."""
    if plan.consents:
        steps.run_now("statements")
        steps.run_now("consent_periods")


def withhold(plan: ImportPlan, steps: Pipeline) -> bool:
    """Remove the rows of people without consent from those that link customers.

    Returns whether the other rows may then be linked differently.
    """
    warehouse = steps.warehouse
    if not plan.may_withhold:
        return False
    people, refused = steps.relation("clusters"), steps.relation("refused")
    is_mixed = warehouse.perform("consent.mixed_clusters", people=people, refused=refused)
    is_counted = (
        plan.is_guarded
        and steps.count("new_shared_values")
        and warehouse.perform("consent.refusals", people=people, refused=refused)
    )
    if not is_mixed and not is_counted:
        return False
    warehouse.perform(
        "consent.withhold",
        withheld=_relation(plan, "withheld_rows"),
        linked=steps.relation("links"),
        refused=refused,
    )
    return True


def permit(plan: ImportPlan, steps: Pipeline, is_linked_again: bool) -> Mapping[str, int]:
    """Leave out the rows of people without consent; returns their number by reason (C1)."""
    warehouse = steps.warehouse
    is_apart = plan.may_keep_apart and warehouse.count(_relation(plan, "refused_merges")) > 0
    if is_linked_again or is_apart:
        _hear(plan, steps)
    if not plan.objectives:
        return {}
    steps.run_now("permitted")
    return {str(reason): int(rows) for reason, rows in steps.read("no_consent_counts")}


def _relation(plan: ImportPlan, name: str) -> Sql:
    return quoted_name(f"{plan.name}.{name}")


def keep_statements(plan: ImportPlan, steps: Pipeline, is_redefined: bool) -> None:
    """Add the statements of all rows to the history of consent, applied or not.

    With `is_redefined` they replace all that the goal said before.
    """
    warehouse = steps.warehouse
    if plan.consents:
        periods = steps.relation("consent_periods")
        if is_redefined:
            warehouse.delete("runner.consent", goal=plan.name)
        else:
            of_person = ("goal", "profile_id", "objective")
            warehouse.delete_matching("runner.consent", periods, of_person)
        warehouse.perform("consent.add_periods", periods=periods, profiles=plan.entity.table)
    if plan.consents or plan.objectives:
        steps.run_now("new_refusals")
    if plan.entity.noun == "profile":
        _join_refusers(warehouse, plan)


def _join_refusers(warehouse: Warehouse, plan: ImportPlan) -> None:
    """Remember which profiles, and people without one, are one customer for their consent.

    Those with an identifier of a refusal, and those that rows without consent would merge: what
    one of them says counts for all.
    """
    merges = _relation(plan, "refused_merges") if plan.may_keep_apart else None
    if not (merges and warehouse.count(merges)) and not warehouse.count("runner.refusals"):
        return
    pairs = _relation(plan, "joint_pairs")
    warehouse.create_temporary(pairs, "consent.joint_pairs", merges=merges)
    warehouse.perform("consent.add_members", pairs=pairs)
    while warehouse.perform("consent.parted_pairs", pairs=pairs):
        warehouse.perform("consent.join_members", pairs=pairs)
