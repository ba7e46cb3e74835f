"""Lines of files of which a new version is imported: those that are gone from it (F9)."""

from collections.abc import Sequence

from runner.compile.import_plan import ImportPlan
from runner.definitions.import_goal import ImportGoal
from runner.engine.warehouse import Warehouse
from runner.errors import counted
from runner.pipeline.pipeline import Pipeline
from runner.sql.quoting import quoted_name
from runner.stage.fetched_file import FetchedFile


def replaced_files(
    warehouse: Warehouse, goal: ImportGoal, name: str, files: Sequence[FetchedFile]
) -> tuple[str, ...]:
    """Return the main files of a batch of which other content was imported before.

    Where only the latest file is picked and is the whole truth, it replaces all others.
    """
    known: dict[str, str] = dict(warehouse.perform("ledger.main_files", goal=name))
    if goal.files[goal.main].pick == "latest" and goal.is_full(goal.main):
        coming = {(file.path, blob.sha256) for file, blob in files}
        return tuple(known) if coming - set(known.items()) else ()
    return tuple(
        file.path for file, blob in files if known.get(file.path, blob.sha256) != blob.sha256
    )


def find_replaced_lines(
    plan: ImportPlan, steps: Pipeline, replaced: Sequence[str]
) -> tuple[str, ...]:
    """Find the lines of replaced files; return a warning for each that lost lines which count on.

    Where every line of a file declared as `feed: delta` is gone, the file is another delivery
    under the same name, and no correction.
    """
    warehouse = steps.warehouse
    if not plan.is_giving or not (replaced or plan.is_full):
        return ()
    files = quoted_name(f"{plan.name}.replaced_files")
    warehouse.create_temporary(files, "ledger.replaced_files", goal=plan.name, paths=replaced)
    steps.run("replaced_lines")
    if plan.is_full:
        return ()
    lines = warehouse.perform("ledger.vanished_lines", replaced=steps.relation("replaced_lines"))
    kept = {str(path) for path, _, is_changed in lines if is_changed}
    if lines and plan.goal.files[plan.main.name].feed is not None:
        rows = warehouse.perform("ledger.kept_files", files=files, rows=steps.joined)
        kept |= {str(path) for (path,) in rows}
    else:
        kept |= {str(path) for path, *_ in lines}
    return tuple(
        vanished_warning(plan, plan.main.name, str(path), int(vanished))
        for path, vanished, _ in lines
        if str(path) in kept
    )


def joined_warnings(plan: ImportPlan, steps: Pipeline, build_id: str) -> tuple[str, ...]:
    """Return a warning for each file of a chained `delta` source that lost lines."""
    warehouse = steps.warehouse
    if not plan.is_giving:
        return ()
    return tuple(
        vanished_warning(plan, source.name, str(path), int(vanished))
        for source in plan.chained
        if not plan.goal.is_full(source.name)
        for path, vanished in warehouse.perform(
            "ledger.vanished_joined_lines",
            goal=plan.name,
            build_id=build_id,
            source=source.name,
            lines=steps.relation(f"lines.{source.name}"),
        )
    )


def emptied_warnings(warehouse: Warehouse, plan: ImportPlan, build_id: str) -> tuple[str, ...]:
    """Return a warning for each file of a `full` source whose lines are all gone."""
    if not (plan.is_giving and plan.full):
        return ()
    emptied = warehouse.perform(
        "ledger.emptied_files",
        goal=plan.name,
        build_id=build_id,
        sources=plan.full,
        picked=plan.picked,
    )
    return tuple(
        f"{path} has no lines, and had {int(count):,} before: what they gave to sums, lists and"
        f" events is retracted, because `{source}` is `feed: full`"
        f" ({location.file}:{location.line}); if it is empty by mistake, have it sent again"
        for source, path, count in emptied
        for location in [plan.goal.location("files", str(source), of_key=True)]
    )


def vanished_warning(plan: ImportPlan, source: str, path: str, count: int) -> str:
    """Return the warning of lines that are gone from a file of a `delta` source."""
    location = plan.goal.location("files", source, of_key=True)
    are = "is" if count == 1 else "are"
    counts = "counts" if count == 1 else "count"
    return (
        f"{counted(count, 'line')} that {path} had before {are} gone from it, and still"
        f" {counts} in sums, lists and events: `{source}` is `feed: delta`"
        f" ({location.file}:{location.line}); if a new version of a file replaces the old one,"
        " write `feed: full` there"
    )
