"""The models of an import goal, run in order inside one transaction (B2).

Rows are read, linked to profiles, folded by strategy, and written; then the books are
checked (R7). Nothing of it stays when any step fails.
"""

from collections.abc import Mapping

from runner.compile.import_models import ImportModels
from runner.compile.import_plan import ImportPlan
from runner.definitions.event_type import EventType
from runner.engine.duckdb.warehouse import Warehouse
from runner.errors import ExecutionError
from runner.imports.consent_run import keep_statements
from runner.imports.decision_run import merge_decided
from runner.imports.event_run import apply_events, take_back_events
from runner.imports.import_counts import ImportCounts, link_books
from runner.imports.link_run import link_rows
from runner.imports.unread_values import unread_warnings
from runner.sql.quoting import quoted_text
from runner.warehouse.imported_profiles import keep_imported

BYTES_PER_VALUE = 150
"""What the engine takes for a value of a profile while it folds rows, as measured."""
SHARE_OF_MEMORY = 0.4
"""Share of the engine's memory that folding may take: rows and profiles need some too."""


def apply_rows(
    warehouse: Warehouse,
    plan: ImportPlan,
    models: ImportModels,
    event_types: Mapping[str, EventType],
    build_id: str,
) -> ImportCounts:
    """Link the rows that were read to profiles and apply them.

    Raises ExecutionError at the line of the definition that the engine refused.
    """
    warehouse.run(models["rows"])
    if "suppressed" in models:
        warehouse.run(models["suppressed"])
    linked = link_rows(warehouse, plan, models, event_types, build_id)
    if plan.key:
        warehouse.run(models["last_rows"])
    repeat_rows(warehouse, plan, models)
    warehouse.run(models["applied_rows"])
    rejected = warehouse.run(models["new_rejects"])
    unread = unread_warnings(warehouse, plan, models) if rejected else ()
    events = apply_events(warehouse, plan, models)
    if plan.lines:
        withdraw_sums(warehouse, plan, models)
        warehouse.run(models["new_sums"])
    if plan.keeps_keys:
        warehouse.run(models["stale_keys"])
    if plan.adds:
        add_values(warehouse, plan, models)
    warehouse.run_in_slices(models["changed_profiles"], fold_slices(warehouse, plan, models))
    if "levelled" in models.models:
        warehouse.run(models["levelled"])
    warehouse.run(models["profiles"])
    counts = warehouse.read(models["profile_counts"])[0]
    warehouse.run(models["new_identifiers"])
    warehouse.run(models["new_rows"])
    warehouse.perform(
        "move_rows",
        goal=quoted_text(plan.name),
        repeated=models["repeated_rows"].relation,
    )
    if plan.lines:
        warehouse.perform("append_sums", relation=models["new_sums"].relation)
    if plan.keeps_keys:
        warehouse.perform("delete_keys", stale=models["stale_keys"].relation)
        warehouse.run(models["new_keys"])
    warehouse.upsert(plan.entity.table, models["profiles"].relation, plan.entity.id)
    keep_statements(warehouse, plan, models)
    decided = merge_decided(warehouse, plan, models, event_types, build_id)
    return ImportCounts(
        joined=warehouse.count(models["rows"].relation),
        outcomes={str(name): int(count) for name, count in warehouse.read(models["outcomes"])},
        links=link_books(warehouse, models),
        profiles_created=int(counts[0]),
        profiles_updated=int(counts[1]),
        profiles_unchanged=int(counts[2]),
        rejected_values=rejected,
        events=events,
        profiles_merged=linked.merged + decided,
        warnings=(*linked.warnings, *unread),
        no_consent=linked.no_consent,
    )


def fold_slices(warehouse: Warehouse, plan: ImportPlan, models: ImportModels) -> int:
    """Return into how many slices the profiles are shared out that rows are folded into.

    What the engine keeps of a profile while it folds cannot be put off to the disk.
    """
    people = warehouse.count(models["people"].relation)
    needed = people * (len(plan.assignments) + 3) * BYTES_PER_VALUE
    return 1 + int(needed / (warehouse.memory * SHARE_OF_MEMORY))


def repeat_rows(warehouse: Warehouse, plan: ImportPlan, models: ImportModels) -> None:
    """Read the values of rows imported before that have to be applied again (P4)."""
    repeated, again = models["repeated_rows"], models["rows_again"]
    if warehouse.perform("has_rows", goal=quoted_text(plan.name)):
        warehouse.run(repeated)
    else:
        warehouse.perform("no_repeated_rows", relation=repeated.relation)
    if warehouse.count(repeated.relation):
        warehouse.run(again)
    else:
        warehouse.perform("no_rows", relation=again.relation, like=models["rows"].relation)


def withdraw_sums(warehouse: Warehouse, plan: ImportPlan, models: ImportModels) -> None:
    """Take back what was summed from lines that are joined to others now (R3).

    A price list that changed prices its orders anew; it does not add to what they gave before.
    A line that was corrected takes the place of the one with the same `key`.
    """
    if not any(map(plan.has_anchor, plan.lines)):
        return
    stale, withdrawn = models["stale_sums"], models["withdrawn"]
    warehouse.run(stale)
    if warehouse.count(stale.relation):
        warehouse.perform("delete_sums", stale=stale.relation)
        warehouse.run(withdrawn)
        warehouse.upsert(plan.entity.table, withdrawn.relation, plan.entity.id)


def add_values(warehouse: Warehouse, plan: ImportPlan, models: ImportModels) -> None:
    """Keep what the rows add to lists, and take back what corrected lines added (P5).

    What is taken back goes from a profile where no line, of any goal, adds it any more.
    """
    for item in plan.adds:
        warehouse.run(models[f"added.{item.name}"])
    withdrawn = 0
    if plan.key:
        stale = models["stale_additions"]
        warehouse.run(stale)
        withdrawn = warehouse.count(stale.relation)
        if withdrawn:
            warehouse.perform("delete_additions", stale=stale.relation)
    warehouse.run(models["new_additions"])
    if withdrawn:
        _lose_values(warehouse, plan, models)


def _lose_values(warehouse: Warehouse, plan: ImportPlan, models: ImportModels) -> None:
    lost = models["lost_additions"]
    warehouse.run(lost)
    warehouse.upsert(plan.entity.table, lost.relation, plan.entity.id)


def take_back(
    warehouse: Warehouse,
    plan: ImportPlan,
    models: ImportModels,
    event_types: Mapping[str, EventType],
) -> None:
    """Undo what an earlier form of the goal summed and added, and forget its rows (P5).

    The events that it told of go too.
    """
    take_back_events(warehouse, plan.name, event_types)
    if warehouse.perform("summed", goal=quoted_text(plan.name)):
        warehouse.run(models["taken_back"])
        warehouse.upsert(plan.entity.table, models["taken_back"].relation, plan.entity.id)
    added = "earlier_additions" in models and warehouse.perform(
        "added", goal=quoted_text(plan.name)
    )
    if added:
        warehouse.run(models["earlier_additions"])
    if plan.entity.noun == "profile":
        keep_imported(warehouse, plan.name)
    warehouse.perform("forget_goal", goal=quoted_text(plan.name))
    if added:
        _lose_values(warehouse, plan, models)


def check_books(plan: ImportPlan, counts: ImportCounts) -> None:
    """Compare the outcomes of all joined rows with their number (R7).

    Raises ExecutionError with both figures where they differ.
    """
    told = sum(counts.outcomes.values())
    if told != counts.joined:
        raise ExecutionError(
            f"{plan.name}: the books do not balance: {counts.joined} joined rows,"
            f" {told} with an outcome ({dict(counts.outcomes)})",
            plan.goal.location("name"),
        )
    main = counts.links[0]
    if main.used != main.lines:
        raise ExecutionError(
            f"{plan.name}: the books do not balance: {main.lines} lines of `{main.source}`,"
            f" {main.used} of them in a joined row",
            plan.goal.location("name"),
        )
