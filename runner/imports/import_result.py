"""What became of an import goal."""

from runner.definitions.import_goal import ImportGoal
from runner.errors import counted
from runner.imports.file_choice import FileChoice
from runner.imports.goal_files import ReadableFiles
from runner.imports.import_counts import ImportCounts
from runner.imports.import_task import ImportTask
from runner.reconciliation import FileCounts
from runner.result import NOTHING_NEW, NodeResult


def import_result(
    task: ImportTask, readable: ReadableFiles, counts: ImportCounts, rejects: int, seconds: float
) -> NodeResult:
    """Return the result of a goal that was imported, with the `rejects` that were set aside."""
    files = tuple(
        FileCounts(
            source=name,
            path=file.remote_path,
            sha256=file.sha256,
            size=file.size,
            modified_at=file.modified_at,
            lines=file.lines,
            records=file.record_count,
            blank=file.blank,
            rejected=file.rejected,
            header=file.data_from,
        )
        for name, found in readable.items()
        for file in found
        if not task.batch.is_retried(name, file.remote_path)
    )
    return NodeResult(
        name=task.name,
        kind=task.goal.kind,
        status="success",
        seconds=seconds,
        rows=counts.joined,
        outcomes=counts.outcomes,
        files=files,
        links=counts.links,
        profiles_created=counts.profiles_created,
        profiles_updated=counts.profiles_updated,
        profiles_unchanged=counts.profiles_unchanged,
        profiles_merged=counts.profiles_merged,
        rejects=rejects,
        events=counts.events,
        no_consent=counts.no_consent,
        fingerprint=task.definition.fingerprint,
    )


def unchanged_goal(name: str, goal: ImportGoal, choice: FileChoice, known: int) -> NodeResult:
    """Return the result of a goal that has nothing to import; `known` files it had before."""
    pattern = goal.files[goal.main].pattern
    matched = choice.found.matched[goal.main]
    before = f"{counted(known, 'file')} imported before"
    message = f"no file matches {pattern}; `runner scan` shows those there are"
    if known:
        message = f"{NOTHING_NEW}: {before}"
        if not (matched.files or matched.ignored or matched.waiting):
            message = f"no file matches {pattern} any more: {before}"
    waiting = sum(len(found.waiting) for found in choice.found.matched.values())
    if waiting:
        message = f"{message}; {waiting} waiting" if known else "no file is ready"
    return NodeResult(
        name,
        goal.kind,
        "unchanged",
        message="; ".join((*choice.overdue, message)),
        warnings=choice.warnings,
        exit_code=int(bool(choice.overdue)),
    )
