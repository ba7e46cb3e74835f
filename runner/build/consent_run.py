"""Consent in an import, inside its transaction: told by rows, and asked for before they count."""

from collections.abc import Mapping

from runner.compile.consent_models import consent_view
from runner.compile.import_models import ImportModels
from runner.compile.import_plan import ImportPlan
from runner.compile.library import Library
from runner.definitions.project import Project
from runner.execute.duckdb.warehouse import Warehouse


def judge_rows(warehouse: Warehouse, plan: ImportPlan, models: ImportModels) -> Mapping[str, int]:
    """Leave out the rows of people without consent; returns their number by reason (C1).

    What the rows themselves tell counts first.
    """
    if plan.consents:
        warehouse.run(models["statements"])
    if not plan.objectives:
        return {}
    warehouse.run(models["refused"])
    warehouse.run(models["permitted"])
    return {str(reason): int(rows) for reason, rows in warehouse.read(models["no_consent"])}


def keep_statements(warehouse: Warehouse, plan: ImportPlan, models: ImportModels) -> None:
    """Add what the rows told of consent to its history, also of rows that were not applied."""
    if plan.consents:
        warehouse.run(models["runs"])
        warehouse.perform("replace_consent", fresh=models["runs"].relation)


def shape_consent(warehouse: Warehouse, library: Library, project: Project) -> None:
    """Make the view `consent`, where objectives are declared."""
    view = consent_view(project, library)
    if view is not None:
        warehouse.put(view, "view", relation=view.relation)
        warehouse.perform("consent_comments")
