"""The SQL models of consent: what rows state of it, and which rows are left out without it."""

from collections.abc import Callable, Mapping
from typing import Any

from runner.compile.import_plan import ImportPlan
from runner.model import Materialization, Model

Make = Callable[[str, str, str, Materialization, Mapping[str, Any]], Model]
"""Renders a model: its name, template, relation, materialization and variables."""

CONSENT_STEPS: tuple[tuple[str, Materialization], ...] = (
    ("statements", "temporary"),
    ("refused", "temporary"),
    ("permitted", "temporary"),
    ("no_consent", "read"),
    ("runs", "temporary"),
)
"""Every template of `sql/consent/` that an import runs, in order."""


def consent_models(plan: ImportPlan, context: Mapping[str, Any], make: Make) -> dict[str, Model]:
    """Render the models that a goal needs: none without objectives or mapped consent (C1)."""
    wanted: set[str] = {"statements", "runs"} if plan.consents else set()
    if plan.objectives:
        wanted |= {"refused", "permitted", "no_consent"}
    relations = context["relations"]
    return {
        step: make(step, f"consent/{step}.sql", relations[step], kind, context)
        for step, kind in CONSENT_STEPS
        if step in wanted
    }
