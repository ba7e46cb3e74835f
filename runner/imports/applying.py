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
from runner.imports.retraction import add_values, change_sums
from runner.sql.quoting import quoted_relation
from runner.warehouse.tables import known_properties
from runner.workspace.workspace import Workspace

BYTES_PER_VALUE = 150
"""Memory that the engine takes for a value of a profile while it folds rows, as measured."""
SHARE_OF_MEMORY = 0.4
"""Share of the engine's memory that folding may take: rows and profiles need some too."""

FILE_STEPS = ("file_rows", "row_changes", "several_files")
CHANGE_STEPS = ("line_changes", "sum_changes", "list_changes", "last_changes")
"""Models of which file changed a profile last, before what lines give is stored, and after it."""

RESENDING_STEPS = ("changing_profiles", "changing_lines", "resent_rows", "resent_links")
"""Models that add to `rows` those imported before of which something may change, in order."""


def apply_rows(
    warehouse: Warehouse,
    plan: ImportPlan,
    models: ImportModels,
    event_types: Mapping[str, EventType],
    build_id: str,
    replaced: Sequence[str] = (),
    is_redefined: bool = False,
) -> ImportCounts:
    """Link the rows that were read to profiles and apply them.

    Of the main files `replaced` other content was imported before (F9); with `is_redefined` the
    goal changed since. Raises ExecutionError at the line of the definition that the engine refused.
    """
    join_rows(warehouse, models)
    if "suppressed_rows" in models:
        warehouse.run(models["suppressed_rows"])
    # Changes the table of `rows` in place: identifiers.part_rows and drop_junk remove values,
    # aliases.move gives rows of merged profiles to the survivor.
    linked = link_rows(warehouse, plan, models, event_types, build_id)
    keep_pending(warehouse, plan, models, build_id)
    warehouse.run(models["absent_rows"])
    vanished = find_replaced_lines(warehouse, plan, models, replaced)
    vanished += joined_warnings(warehouse, plan, models, build_id)
    vanished += emptied_warnings(warehouse, plan, build_id)
    settled = resend_rows(warehouse, models)
    if plan.tracks_lines:
        warehouse.run(models["last_rows"])
    repeat_rows(warehouse, plan, models)
    read_values(warehouse, plan, models)
    rejected = warehouse.run(models["new_rejects"])
    unread = unread_warnings(warehouse, plan, models) if rejected else ()
    damaged = damaged_warnings(warehouse, plan, build_id) if rejected else ()
    late = late_warnings(warehouse, plan, models)
    events = apply_events(warehouse, plan, models)
    created, updated, unchanged, overflowing = fold_rows(warehouse, plan, models)
    write_profiles(warehouse, plan, models)
    keep_statements(warehouse, plan, models, is_redefined)
    decided = merge_decided(warehouse, plan, models, event_types, build_id)
    outcomes = Counter({"unchanged": settled} if settled else {})
    outcomes.update({str(name): int(count) for name, count in warehouse.read(models["outcomes"])})
    return ImportCounts(
        joined=warehouse.count(models.joined),
        outcomes=outcomes,
        links=link_counts(warehouse, models),
        profiles_created=created,
        profiles_updated=updated,
        profiles_unchanged=unchanged,
        rejected_values=rejected + overflowing,
        events=events,
        profiles_merged=linked.merged + decided,
        warnings=(*linked.warnings, *unread, *damaged, *late, *vanished),
        no_consent=linked.no_consent,
    )


def join_rows(warehouse: Warehouse, models: ImportModels) -> None:
    """Join the lines that were read to rows."""
    if "joined" in models:
        warehouse.run(models["joined"])
    warehouse.run(models["rows"])


def resend_rows(warehouse: Warehouse, models: ImportModels) -> int:
    """Add the rows imported before of profiles that may change; returns how many stay out."""
    if "joined" not in models:
        return 0
    run_those_of(warehouse, models, RESENDING_STEPS)
    return warehouse.count(models.joined) - warehouse.count(models["rows"].relation)


def keep_pending(
    warehouse: Warehouse, plan: ImportPlan, models: ImportModels, build_id: str
) -> None:
    """Keep the rows that are left out: until their reason is gone, or to be listed."""
    if warehouse.exists("runner.pending_rows", goal=plan.name):
        warehouse.perform("pending.delete", goal=plan.name, build_id=build_id)
    keep_left_out(warehouse, plan, models, build_id)
    if "new_pending_rows" in models:
        warehouse.run(models["new_pending_rows"])


def keep_left_out(
    warehouse: Warehouse, plan: ImportPlan, models: ImportModels, build_id: str
) -> None:
    """Keep the rows of the last import that are not applied, and not pending."""
    if warehouse.exists("runner.left_out_rows", goal=plan.name):
        warehouse.perform("pending.delete_left_out", goal=plan.name, build_id=build_id)
    warehouse.run(models["left_out_rows"])


def fold_rows(
    warehouse: Warehouse, plan: ImportPlan, models: ImportModels
) -> tuple[int, int, int, int]:
    """Fold the rows into profiles; returns how many are created, updated and unchanged.

    And the number of amounts that are rejected, as their sum would overflow.
    """
    overflowing = 0
    run_those_of(warehouse, models, FILE_STEPS)
    if plan.tracks_lines:
        warehouse.run(models["superseded_keys"])
        warehouse.run(models["new_retractions"])
    if plan.lines:
        overflowing = change_sums(warehouse, plan, models)
    if plan.adds:
        add_values(warehouse, plan, models)
    slices = fold_slices(warehouse, plan, models)
    if "value_changes" in models:
        warehouse.run_in_slices(models["value_changes"], slices)
    run_those_of(warehouse, models, CHANGE_STEPS)
    warehouse.run_in_slices(models["changed_profiles"], slices)
    if "limited_profiles" in models.models:
        warehouse.run(models["limited_profiles"])
    warehouse.run(models["profiles"])
    created, updated, unchanged, *_ = map(int, warehouse.read(models["profile_counts"])[0])
    return created, updated, unchanged, overflowing


def run_those_of(warehouse: Warehouse, models: ImportModels, steps: Sequence[str]) -> None:
    """Run the steps that the batch has, in their order."""
    for step in steps:
        if step in models:
            warehouse.run(models[step])


def write_profiles(warehouse: Warehouse, plan: ImportPlan, models: ImportModels) -> None:
    """Write the profiles, with their identifiers and what the ledgers keep of the rows."""
    warehouse.run(models["new_identifiers"])
    warehouse.run(models["new_rows"])
    repeated = models["repeated_rows"].relation
    warehouse.perform("ledger.move_rows", goal=plan.name, repeated=repeated)
    if plan.orders:
        keep_latest(warehouse, models)
    if plan.tracks_lines:
        warehouse.add_rows("runner.retractions", models["new_retractions"].relation)
        stale = models["superseded_keys"].relation
        warehouse.delete_matching("runner.keys", stale, ("goal", "key_hash", "row_hash"))
        warehouse.run(models["new_keys"])
    warehouse.upsert(plan.entity.table, models["profiles"].relation, plan.entity.id)


def keep_latest(warehouse: Warehouse, models: ImportModels) -> None:
    """Keep what the rows that set properties were ordered by (P8)."""
    latest = models["new_latest"]
    warehouse.run(latest)
    of_profile = ("goal", "property", "profile_id")
    warehouse.delete_matching("runner.latest", latest.relation, of_profile)
    warehouse.add_rows("runner.latest", latest.relation)


def fold_slices(warehouse: Warehouse, plan: ImportPlan, models: ImportModels) -> int:
    """Return in how many slices the profiles are folded, so that each fits the memory.

    What the engine keeps of a profile while it folds cannot be spilled to the disk.
    """
    people = warehouse.count(models["clusters"].relation)
    needed = people * (len(plan.assignments) + 3) * BYTES_PER_VALUE
    return 1 + int(needed / (warehouse.memory * SHARE_OF_MEMORY))


def repeat_rows(warehouse: Warehouse, plan: ImportPlan, models: ImportModels) -> None:
    """Find the rows imported before that have to be applied again (P4)."""
    repeated = models["repeated_rows"]
    if warehouse.exists("runner.rows", goal=plan.name):
        warehouse.run(repeated)
    else:
        warehouse.create_temporary(repeated.relation, "ledger.no_repeated_rows")


def read_values(warehouse: Warehouse, plan: ImportPlan, models: ImportModels) -> None:
    """Read what the applied rows, and those of events, hold: once per line of a source (R8)."""
    warehouse.run(models["applied_rows"])
    for number in range(1, len(plan.value_sets) + 1):
        warehouse.run(models[f"values.{number}"])
    for event in plan.events:
        warehouse.run(models[event_step(event, "event_rows")])


def apply_products(
    warehouse: Warehouse, plan: ImportPlan, models: ImportModels, build_id: str
) -> ImportCounts:
    """Fold the rows that were read into products, and store those that changed.

    Raises ExecutionError at the line of the definition that the engine refused.
    """
    for step in ("rows", "new_products", "links", "applied_rows"):
        warehouse.run(models[step])
    keep_left_out(warehouse, plan, models, build_id)
    rejected = warehouse.run(models["new_rejects"])
    unread = unread_warnings(warehouse, plan, models) if rejected else ()
    fresh = models["new_products"].relation
    created, updated, unchanged = map(
        int, warehouse.perform("profiles.count_products", fresh=fresh)[0]
    )
    warehouse.perform("profiles.put_products", goal=plan.name, fresh=fresh)
    return ImportCounts(
        joined=warehouse.count(models["rows"].relation),
        outcomes={str(name): int(count) for name, count in warehouse.read(models["outcomes"])},
        links=link_counts(warehouse, models),
        profiles_created=created,
        profiles_updated=updated,
        profiles_unchanged=unchanged,
        rejected_values=rejected,
        warnings=unread,
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
