"""Consent in an import, inside its transaction: told by rows, and asked for before they count."""

from collections.abc import Mapping

from runner.compile.import_models import ImportModels
from runner.compile.import_plan import ImportPlan
from runner.engine.duckdb.warehouse import Warehouse
from runner.sql.quoting import quoted_name


def start_judging(warehouse: Warehouse, plan: ImportPlan) -> None:
    """Begin with nobody refused, where that changes how rows are linked."""
    if plan.may_withhold:
        warehouse.perform("nobody_withheld", relation=_relation(plan, "withheld"))
    if plan.may_keep_apart:
        warehouse.perform("nobody_apart", relation=_relation(plan, "apart"))


def judge(warehouse: Warehouse, plan: ImportPlan, models: ImportModels) -> None:
    """Find who of the people that the rows are linked to did not consent (C1).

    What the rows themselves tell counts first. Profiles that only the rows of such people would
    make one stay apart.
    """
    if plan.consents:
        warehouse.run(models["statements"])
    refused = models["refused"]
    warehouse.run(refused)
    if plan.may_keep_apart:
        warehouse.perform(
            "keep_apart",
            apart=_relation(plan, "apart"),
            possible=models["possible_merges"].relation,
            refused=refused.relation,
        )


def withhold(warehouse: Warehouse, plan: ImportPlan, models: ImportModels) -> bool:
    """Take the rows of people without consent out of those that link customers.

    Tells whether that may change whom the other rows are linked to.
    """
    if not plan.may_withhold:
        return False
    people, refused = models["people"].relation, models["refused"].relation
    is_mixed = warehouse.perform("has_mixed_people", people=people, refused=refused)
    is_counted = (
        plan.is_guarded
        and warehouse.count(models["new_shared"].relation)
        and warehouse.perform("has_refused_people", people=people, refused=refused)
    )
    if not is_mixed and not is_counted:
        return False
    warehouse.perform(
        "withhold",
        withheld=_relation(plan, "withheld"),
        linked=models["links"].relation,
        refused=refused,
    )
    return True


def permit(
    warehouse: Warehouse, plan: ImportPlan, models: ImportModels, is_linked_anew: bool
) -> Mapping[str, int]:
    """Leave out the rows of people without consent; returns their number by reason (C1)."""
    is_apart = plan.may_keep_apart and warehouse.count(_relation(plan, "apart")) > 0
    if plan.consents and (is_linked_anew or is_apart):
        warehouse.run(models["statements"])
    if not plan.objectives:
        return {}
    warehouse.run(models["permitted"])
    return {str(reason): int(rows) for reason, rows in warehouse.read(models["no_consent"])}


def _relation(plan: ImportPlan, name: str) -> str:
    return quoted_name(f"{plan.name}.{name}")


def keep_statements(warehouse: Warehouse, plan: ImportPlan, models: ImportModels) -> None:
    """Add what the rows told of consent to its history, also of rows that were not applied."""
    if plan.consents:
        warehouse.run(models["runs"])
        warehouse.perform("replace_consent", fresh=models["runs"].relation)
