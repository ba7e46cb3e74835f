"""The steps of an import in the order in which they run, and which goals need which."""

from runner.compile.import_plan import ImportPlan
from runner.model import Materialization
from runner.sql.quoting import Sql

Steps = tuple[tuple[str, Materialization], ...]

STEPS: Steps = (
    ("rows", "temporary"),
    ("suppressed", "temporary"),
    ("decided_merges", "temporary"),
    ("decided_identifiers", "append"),
    ("separated", "temporary"),
    ("identities", "temporary"),
    ("open_edges", "temporary"),
    ("new_shared", "temporary"),
    ("edges", "temporary"),
    ("contracted_parents", "temporary"),
    ("contracted_edges", "temporary"),
    ("remaining_edges", "temporary"),
    ("first_components", "temporary"),
    ("components", "temporary"),
    ("people", "temporary"),
    ("possible_merges", "temporary"),
    ("merged", "temporary"),
    ("merged_values", "temporary"),
    ("links", "temporary"),
    ("new_conflicts", "append"),
    ("last_rows", "temporary"),
    ("repeated_rows", "temporary"),
    ("rows_again", "temporary"),
    ("applied_rows", "view"),
    ("new_rejects", "append"),
    ("new_sums", "temporary"),
    ("new_additions", "append"),
    ("stale_keys", "temporary"),
    ("new_keys", "append"),
    ("stale_additions", "temporary"),
    ("earlier_additions", "temporary"),
    ("lost_additions", "temporary"),
    ("changed_profiles", "temporary"),
    ("levelled", "temporary"),
    ("profiles", "temporary"),
    ("profile_counts", "read"),
    ("new_identifiers", "append"),
    ("new_rows", "append"),
    ("outcomes", "read"),
    ("link_counts", "read"),
    ("stale_sums", "temporary"),
    ("taken_back", "temporary"),
    ("withdrawn", "temporary"),
)
"""Every template of `sql/import/` but those that run per source, and where its rows go."""

PRODUCT_STEPS: Steps = (
    ("rows", "temporary"),
    ("new_products", "temporary"),
    ("links", "temporary"),
    ("applied_rows", "view"),
    ("new_rejects", "append"),
    ("outcomes", "read"),
    ("link_counts", "read"),
)
"""The same for a feed of products; templates of `sql/products/` take precedence."""

CONSENT_STEPS: Steps = (
    ("statements", "temporary"),
    ("refused", "temporary"),
    ("permitted", "temporary"),
    ("no_consent", "read"),
    ("runs", "temporary"),
)
"""Every template of `sql/consent/` that an import runs (C1)."""

TEMPLATES = {
    "rows_again": "rows",
    "withdrawn": "taken_back",
    "earlier_additions": "stale_additions",
    "open_edges": "edges",
    "possible_merges": "merged",
}
"""Models made from the template of another."""

APPENDED = {
    "decided_identifiers": Sql("runner.identifiers"),
    "new_conflicts": Sql("runner.conflicts"),
    "new_rejects": Sql("runner.rejects"),
    "new_identifiers": Sql("runner.identifiers"),
    "new_rows": Sql("runner.rows"),
    "new_additions": Sql("runner.additions"),
    "new_keys": Sql("runner.keys"),
}


def is_needed(plan: ImportPlan, step: str, has_levels: bool) -> bool:
    """Tell whether a goal runs a step; some serve what only some goals declare."""
    return {
        "decided_merges": bool(plan.decided),
        "decided_identifiers": bool(plan.decided),
        "separated": bool(plan.separated),
        "open_edges": plan.is_guarded,
        "new_shared": plan.is_guarded,
        "possible_merges": plan.may_keep_apart,
        "merged": plan.is_merging,
        "merged_values": plan.is_merging or bool(plan.decided),
        "levelled": has_levels,
        "new_conflicts": plan.has_ambiguous,
        "new_additions": bool(plan.adds),
        "last_rows": bool(plan.key),
        "stale_keys": plan.keeps_keys,
        "new_keys": plan.keeps_keys,
        "stale_additions": plan.keeps_keys and bool(plan.adds),
        "earlier_additions": bool(lists(plan)),
        "lost_additions": bool(lists(plan)),
        "statements": bool(plan.consents),
        "runs": bool(plan.consents),
        "refused": bool(plan.objectives),
        "permitted": bool(plan.objectives),
        "no_consent": bool(plan.objectives),
    }.get(step, True)


def lists(plan: ImportPlan) -> list[str]:
    """Return the properties that hold several values."""
    return [name for name, declared in plan.properties.items() if declared.multi]
