"""Apply rows to profiles, groups or products, inside the transaction of goal_import (B2).

Rows are linked to profiles, folded by strategy, and written. Nothing of it stays when any step
fails.
"""

from collections import Counter
from collections.abc import Mapping, Sequence

from runner.compile.event_models import event_step
from runner.compile.import_models import ImportModels
from runner.compile.import_plan import ImportPlan
from runner.compile.permission_levels import level_models
from runner.definitions.event_type import EventType, event_table, event_tables
from runner.engine.warehouse import Warehouse
from runner.imports.consent_checking import keep_statements
from runner.imports.decision_merging import merge_decided
from runner.imports.event_writing import apply_events
from runner.imports.format_warnings import damaged_warnings, late_warnings, unread_warnings
from runner.imports.import_counts import ImportCounts, link_counts
from runner.imports.linking import link_rows
from runner.imports.replaced_lines import (
    emptied_warnings,
    find_replaced_lines,
    joined_warnings,
)
from runner.imports.retraction import reject_overflow
from runner.pipeline.pipeline import Pipeline
from runner.sql.quoting import quoted_relation
from runner.warehouse.tables import known_properties
from runner.workspace.workspace import Workspace

BYTES_PER_VALUE = 150
"""Memory that the engine takes for a value of a profile while it folds rows, as measured."""
SHARE_OF_MEMORY = 0.4
"""Share of the engine's memory that folding may take: rows and profiles need some too."""

READ_FIRST = ("lines", "repeated_headers")
"""Steps of each source that run while its files are read."""


def pipeline(warehouse: Warehouse, plan: ImportPlan, models: ImportModels) -> Pipeline:
    """Return the steps of a goal, the lines of its files being read."""
    read = [f"{kind}.{source.name}" for source in plan.sources for kind in READ_FIRST]
    steps = Pipeline(warehouse, models.models, lambda: _slices(plan, steps), read)
    return steps


def apply_rows(
    plan: ImportPlan,
    steps: Pipeline,
    event_types: Mapping[str, EventType],
    build_id: str,
    replaced: Sequence[str] = (),
    is_redefined: bool = False,
) -> ImportCounts:
    """Link the rows that were read to profiles and apply them.

    Of the main files `replaced` other content was imported before (F9); with `is_redefined` the
    goal changed since. Raises ExecutionError at the line of the definition that the engine refused.
    """
    warehouse = steps.warehouse
    steps.run("rows")
    if "suppressed_rows" in steps:
        steps.run("suppressed_rows")
    # Changes the table of `rows` in place: identifiers.part_rows and drop_junk remove values,
    # aliases.move gives rows of merged profiles to the survivor.
    linked = link_rows(plan, steps, event_types, build_id)
    forget_left_out(warehouse, plan, build_id)
    vanished = find_replaced_lines(plan, steps, replaced)
    vanished += joined_warnings(plan, steps, build_id)
    vanished += emptied_warnings(warehouse, plan, build_id)
    for event in plan.events:
        steps.run(event_step(event, "event_rows"))
    steps.run_ahead()
    rejected = steps.run("new_rejects")
    unread = unread_warnings(plan, steps) if rejected else ()
    damaged = damaged_warnings(warehouse, plan, build_id) if rejected else ()
    late = late_warnings(plan, steps)
    events = apply_events(plan, steps)
    overflowing = reject_overflow(steps, plan)
    steps.run_all()
    warehouse.perform("ledger.move_rows", goal=plan.name, repeated=steps.relation("repeated_rows"))
    keep_statements(plan, steps, is_redefined)
    decided = merge_decided(plan, steps, event_types, build_id)
    created, updated, unchanged, *_ = map(int, steps.read("profile_counts")[0])
    outcomes = Counter({str(name): int(count) for name, count in steps.read("outcomes")})
    # Rows imported before that nothing changes took no part.
    settled = warehouse.count(steps.joined) - steps.count("rows")
    outcomes.update({"unchanged": settled} if settled else {})
    return ImportCounts(
        joined=warehouse.count(steps.joined),
        outcomes=outcomes,
        links=link_counts(steps),
        profiles_created=created,
        profiles_updated=updated,
        profiles_unchanged=unchanged,
        rejected_values=rejected + overflowing,
        events=events,
        profiles_merged=linked.merged + decided,
        warnings=(*linked.warnings, *unread, *damaged, *late, *vanished),
        no_consent=linked.no_consent,
    )


def forget_left_out(warehouse: Warehouse, plan: ImportPlan, build_id: str) -> None:
    """Delete the rows that were left out before: those that still are, are found again."""
    if warehouse.exists("runner.pending_rows", goal=plan.name):
        warehouse.perform("pending.delete", goal=plan.name, build_id=build_id)
    if warehouse.exists("runner.left_out_rows", goal=plan.name):
        warehouse.perform("pending.delete_left_out", goal=plan.name, build_id=build_id)


def _slices(plan: ImportPlan, steps: Pipeline) -> int:
    """Return in how many slices the profiles are folded, so that each fits the memory.

    What the engine keeps of a profile while it folds cannot be spilled to the disk.
    """
    needed = steps.count("clusters") * (len(plan.assignments) + 3) * BYTES_PER_VALUE
    return 1 + int(needed / (steps.warehouse.memory * SHARE_OF_MEMORY))


def apply_products(plan: ImportPlan, steps: Pipeline, build_id: str) -> ImportCounts:
    """Fold the rows that were read into products, and store those that changed.

    Raises ExecutionError at the line of the definition that the engine refused.
    """
    warehouse = steps.warehouse
    forget_left_out(warehouse, plan, build_id)
    steps.run_all()
    rejected = steps.counts["new_rejects"]
    fresh = steps.relation("new_products")
    created, updated, unchanged = map(
        int, warehouse.perform("profiles.count_products", fresh=fresh)[0]
    )
    warehouse.perform("profiles.put_products", goal=plan.name, fresh=fresh)
    return ImportCounts(
        joined=steps.count("rows"),
        outcomes={str(name): int(count) for name, count in steps.read("outcomes")},
        links=link_counts(steps),
        profiles_created=created,
        profiles_updated=updated,
        profiles_unchanged=unchanged,
        rejected_values=rejected,
        warnings=unread_warnings(plan, steps) if rejected else (),
    )


def enforce_levels(warehouse: Warehouse, workspace: Workspace) -> bool:
    """Remove what profiles hold above their permission level: values, sums, events.

    Returns whether some profile has a lower level than `personal`.

    An import itself keeps no such value; this finds those of properties that need another
    level than before, and what is stored beside profiles.
    """
    project = workspace.project
    if not project.has_levels or not warehouse.exists(
        "main.profiles", permission_level=("do_not_track", "anonymous")
    ):
        return False
    models = level_models(known_properties(warehouse, workspace), workspace.library)
    lowered = models["profiles"].relation
    warehouse.run(models["profiles"])
    warehouse.upsert("main.profiles", lowered, "profile_id")
    warehouse.run(models["sums"])
    warehouse.perform("profiles.lower_sums", lowered=models["sums"].relation)
    for name in project.event_types:
        relation = quoted_relation("main", event_table(name))
        warehouse.perform("events.disown_untracked", relation=relation, type=name)
    for table in event_tables(project.event_types):
        warehouse.perform("events.delete_untracked", relation=quoted_relation("main", table))
    return True
