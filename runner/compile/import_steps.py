"""The models of an import by the folder of their template, and which goals need which.

What runs them, and in which order: `applying.py`, `linking.py` and `retraction.py` in
`runner/imports`, and what they call.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

from runner.compile.import_plan import ImportPlan
from runner.model import Materialization
from runner.sql.quoting import Sql

TEMPLATES = {
    "earlier_additions": "superseded_additions",
    "earlier_totals": "sum_totals",
    "open_edges": "edges",
    "possible_merges": "merges",
}
"""Models made from the template of another, which its first comment names."""

SHARED_RELATIONS = {
    "parents": "contracted_parents",
    "remaining_edges": "edges",
    "first_components": "components",
    "open_edges": "edges",
    "decided_merges": "merges",
    "linked": "links",
    "earlier_additions": "superseded_additions",
    "resent_rows": "rows",
    "resent_links": "links",
}
"""Relations that are those of a model: what each round, or variant, makes replaces the last.

`linked` is what `links` made, where `permitted` (C1) takes the name `links`.
"""


class Step(NamedTuple):
    """A model of an import."""

    # Of its template, below `sql/import/`.
    folder: str
    name: str
    # What becomes of its rows.
    materialization: Materialization

    @property
    def template(self) -> str:
        """Return the path of its template below `sql/`."""
        return f"import/{self.folder}/{TEMPLATES.get(self.name, self.name)}.sql"


Steps = tuple[Step, ...]

STEPS: Steps = (
    Step("consent", "suppressed_rows", "temporary"),
    Step("consent", "new_pending_rows", "append"),
    Step("fold", "applied_rows", "temporary"),
    Step("fold", "file_rows", "temporary"),
    Step("fold", "row_changes", "temporary"),
    Step("fold", "several_files", "temporary"),
    Step("fold", "value_changes", "temporary"),
    Step("fold", "line_changes", "temporary"),
    Step("fold", "sum_changes", "temporary"),
    Step("fold", "list_changes", "temporary"),
    Step("fold", "last_changes", "temporary"),
    Step("fold", "changed_profiles", "temporary"),
    Step("fold", "profiles", "temporary"),
    Step("fold", "profile_counts", "read"),
    Step("identity", "decided_merges", "temporary"),
    Step("identity", "decided_identifiers", "append"),
    Step("identity", "separated", "temporary"),
    Step("identity", "identities", "temporary"),
    Step("identity", "open_edges", "temporary"),
    Step("identity", "new_shared_values", "temporary"),
    Step("identity", "edges", "temporary"),
    Step("identity", "contracted_parents", "temporary"),
    Step("identity", "contracted_edges", "temporary"),
    Step("identity", "remaining_edges", "temporary"),
    Step("identity", "first_components", "temporary"),
    Step("identity", "components", "temporary"),
    Step("identity", "contested", "read"),
    Step("identity", "clusters", "temporary"),
    Step("identity", "possible_merges", "temporary"),
    Step("identity", "merges", "temporary"),
    Step("identity", "merged_values", "temporary"),
    Step("identity", "links", "temporary"),
    Step("identity", "new_conflicts", "append"),
    Step("identity", "new_identifiers", "append"),
    Step("join", "joined", "temporary"),
    Step("join", "rows", "temporary"),
    Step("join", "resent_rows", "append"),
    Step("join", "resent_links", "append"),
    Step("ledger", "absent_rows", "temporary"),
    Step("ledger", "replaced_lines", "temporary"),
    Step("ledger", "changing_profiles", "temporary"),
    Step("ledger", "changing_lines", "temporary"),
    Step("ledger", "last_rows", "temporary"),
    Step("ledger", "repeated_rows", "temporary"),
    Step("ledger", "new_rejects", "append"),
    Step("ledger", "late_dates", "read"),
    Step("ledger", "changed_lines", "view"),
    Step("ledger", "summed_lines", "temporary"),
    Step("ledger", "superseded_sums", "temporary"),
    Step("ledger", "new_sums", "temporary"),
    Step("ledger", "summed_profiles", "temporary"),
    Step("ledger", "earlier_totals", "temporary"),
    Step("ledger", "sum_totals", "temporary"),
    Step("ledger", "new_latest", "temporary"),
    Step("ledger", "overflowing_sums", "temporary"),
    Step("ledger", "overflow_rejects", "append"),
    Step("ledger", "new_additions", "append"),
    Step("ledger", "superseded_keys", "temporary"),
    Step("ledger", "new_retractions", "temporary"),
    Step("ledger", "new_keys", "append"),
    Step("ledger", "superseded_additions", "temporary"),
    Step("ledger", "earlier_additions", "temporary"),
    Step("ledger", "retracted_additions", "temporary"),
    Step("ledger", "new_rows", "append"),
    Step("ledger", "left_out_rows", "append"),
    Step("ledger", "outcomes", "read"),
    Step("ledger", "source_counts", "read"),
    Step("ledger", "retracted_sums", "temporary"),
    Step("limits", "limited_profiles", "temporary"),
)
"""The models of an import of profiles or groups, without those of consent."""

PRODUCT_STEPS: Steps = (
    Step("join", "rows", "temporary"),
    Step("ledger", "new_rejects", "append"),
    Step("ledger", "source_counts", "read"),
    Step("products", "new_products", "temporary"),
    Step("products", "links", "temporary"),
    Step("products", "applied_rows", "view"),
    Step("ledger", "left_out_rows", "append"),
    Step("products", "outcomes", "read"),
)
"""The same for a feed of products."""

SEVERAL_STEPS = frozenset(
    {
        "file_rows",
        "row_changes",
        "several_files",
        "value_changes",
        "line_changes",
        "sum_changes",
        "list_changes",
        "last_changes",
    }
)
"""The models that serve a batch of several main files alone: which file changed a profile last."""

CONSENT_STEPS: Steps = (
    Step("consent", "statements", "temporary"),
    Step("consent", "refusers", "temporary"),
    Step("consent", "new_refusals", "append"),
    Step("consent", "refused", "temporary"),
    Step("consent", "permitted", "temporary"),
    Step("consent", "no_consent_counts", "read"),
    Step("consent", "consent_periods", "temporary"),
)
"""The models of consent (C1)."""

SETTLING = ("joined", "changing_profiles", "resent_rows", "resent_links")
"""Models that leave out the rows imported before of profiles that stay as they are."""

APPENDED = {
    "decided_identifiers": Sql("runner.identifiers"),
    "new_conflicts": Sql("runner.conflicts"),
    "left_out_rows": Sql("runner.left_out_rows"),
    "new_pending_rows": Sql("runner.pending_rows"),
    "new_rejects": Sql("runner.rejects"),
    "overflow_rejects": Sql("runner.rejects"),
    "new_identifiers": Sql("runner.identifiers"),
    "new_rows": Sql("runner.rows"),
    "new_additions": Sql("runner.additions"),
    "new_keys": Sql("runner.keys"),
    "new_refusals": Sql("runner.refusals"),
}


def unneeded(plan: ImportPlan, has_levels: bool, traits: Mapping[str, Any]) -> set[str]:
    """Return the steps that a goal does not run: they serve what only other goals declare.

    `traits` tells what its batch is like: whether `is_first` and `is_settling`.
    """
    is_first = traits["is_first"]
    is_summing = bool(plan.lines)
    is_retracting = is_summing and plan.tracks_lines and not is_first
    needed = {
        "decided_merges": bool(plan.decided),
        "decided_identifiers": bool(plan.decided),
        "separated": bool(plan.separated),
        "open_edges": plan.is_guarded,
        "new_shared_values": plan.is_guarded,
        "contested": bool(plan.limited_keys),
        "possible_merges": plan.may_keep_apart,
        "merges": plan.is_merging,
        "merged_values": plan.is_merging or bool(plan.decided),
        "limited_profiles": has_levels,
        "new_conflicts": plan.has_ambiguous,
        "file_rows": plan.tracks_lines,
        "row_changes": plan.tracks_lines,
        "line_changes": is_summing,
        "sum_changes": is_summing,
        "list_changes": bool(plan.adds),
        "late_dates": bool(plan.short_years),
        "new_additions": bool(plan.adds),
        "replaced_lines": plan.is_giving,
        **dict.fromkeys(SETTLING, traits["is_settling"]),
        "changing_lines": traits["is_settling"] and plan.tracks_lines,
        "last_rows": plan.tracks_lines,
        "superseded_keys": plan.tracks_lines,
        "new_retractions": plan.tracks_lines,
        "new_keys": plan.tracks_lines,
        "superseded_additions": plan.tracks_lines and bool(plan.adds),
        "changed_lines": is_retracting,
        "summed_lines": is_summing,
        "superseded_sums": is_retracting,
        "new_sums": is_summing and not is_first,
        "summed_profiles": is_summing,
        "earlier_totals": is_summing,
        "sum_totals": is_summing,
        "new_latest": bool(plan.orders),
        "overflowing_sums": is_summing,
        "overflow_rejects": is_summing,
        "earlier_additions": bool(lists(plan)),
        "retracted_additions": bool(lists(plan)),
        "statements": bool(plan.consents),
        "consent_periods": bool(plan.consents),
        "new_refusals": bool(plan.consents or plan.objectives),
        "refusers": bool(plan.objectives),
        "refused": bool(plan.objectives),
        "permitted": bool(plan.objectives),
        "no_consent_counts": bool(plan.objectives),
    }
    return {step for step, is_needed in needed.items() if not is_needed}


def lists(plan: ImportPlan) -> list[str]:
    """Return the properties that hold several values."""
    return [name for name, declared in plan.properties.items() if declared.multi]
