"""A warehouse that is missing or cannot be read: rebuilt from what the history has of it."""

from dataclasses import dataclass, replace

from runner.definitions.import_goal import ImportGoal
from runner.engine.schema import check_format
from runner.errors import ExecutionError, RunnerError, counted
from runner.history.history import History
from runner.history.records import FileRecord
from runner.sql.quoting import quoted_relation
from runner.state.definition_versions import DefinitionVersions
from runner.state.goal_definition import goal_definition
from runner.warehouse.imported_file import ImportedFile
from runner.warehouse.ledger import Ledger, ledger_in, published_build
from runner.workspace.declared_goal import all_goals
from runner.workspace.workspace import Workspace

PENDING = quoted_relation("runner", "pending_rows")
HINT = "`runner build --full-refresh` rebuilds it from the staged files"


@dataclass(frozen=True)
class StartingPoint:
    """What a build begins with."""

    relations: frozenset[str]
    # Those of its relations that are tables, and no views.
    tables: frozenset[str]
    ledger: Ledger
    # The build that made it; empty where it does not say.
    build_id: str = ""
    # Whether rows are left out until the reason is gone.
    has_pending_rows: bool = False
    # What is wrong with it; empty where nothing is.
    warning: str = ""


def starting_point(workspace: Workspace, full_refresh: bool) -> StartingPoint:
    """Return the relations and the ledger of the published warehouse.

    Where it is missing or cannot be read, a newer runner made it, or the history lists imports
    that it never had, a full refresh takes the files that the history lists. Otherwise raises
    ExecutionError where it cannot be read, and RunnerError where imported files that it lacks were
    renamed to `.done`: what they held would be lost.
    """
    store = workspace.store
    if not store.is_published:
        return _missing(workspace, full_refresh)
    build_id = ""
    try:
        with store.open() as warehouse:
            kinds = warehouse.relations()
            build_id = published_build(warehouse, kinds)
            check_format(warehouse, kinds)
            tables = frozenset(name for name, kind in kinds.items() if kind != "VIEW")
            has_pending = PENDING in tables and warehouse.exists(PENDING)
            ledger = ledger_in(warehouse, kinds)
            found = StartingPoint(frozenset(kinds), tables, ledger, build_id, has_pending)
    except ExecutionError as error:
        if not full_refresh:
            raise ExecutionError(error.message, hint=HINT) from error
        warning = f"{error.message}; it is rebuilt"
        return StartingPoint(
            frozenset(), frozenset(), ledger_of_history(workspace), build_id, warning=warning
        )
    return _not_older(workspace, found, full_refresh)


def _not_older(workspace: Workspace, found: StartingPoint, full_refresh: bool) -> StartingPoint:
    """Return a starting point that misses no import: the warehouse may come from a backup."""
    missing = _imported_later(workspace, found)
    if not missing:
        return found
    what = (
        f"the warehouse {workspace.local_state.name} is older than the history: it lacks"
        f" {counted(len(missing), 'file')} that later builds imported, such as"
        f" {missing[0].goal}: {missing[0].path}"
    )
    if full_refresh:
        known = ledger_of_history(workspace)
        return replace(found, ledger=known, warning=f"{what}: it is rebuilt")
    goals = all_goals(workspace.project)
    renamed = [file for file in missing if _is_renamed(goals[file.goal][1])]
    if renamed:
        message = f"{what}; files of {renamed[0].goal} are renamed to .done"
        raise RunnerError(message, hint=f"restore the newer warehouse; or {HINT}")
    warning = f"{what}: only files that servers still have are imported. {HINT}"
    return replace(found, warning=warning)


def _imported_later(workspace: Workspace, found: StartingPoint) -> list[FileRecord]:
    """Return main files that published builds imported after a warehouse, and it does not know.

    A rollback leaves a warehouse that knows what it undid.
    """
    if not (found.build_id and workspace.history.exists()):
        return []
    with History(workspace.history) as history:
        records = history.imported_files(workspace.target_name, found.build_id)
    goals = {
        name: goal
        for name, (_, goal) in all_goals(workspace.project).items()
        if isinstance(goal, ImportGoal)
    }
    last = {
        (record.goal, record.path): record
        for record in records
        if record.goal in goals and record.source == goals[record.goal].main
    }
    known = {
        (file.goal, file.path, fact)
        for file in (*found.ledger.files, *found.ledger.undone.all)
        for fact in (file.sha256, file.modified_at)
    }
    return [
        record
        for key, record in last.items()
        if known.isdisjoint({(*key, record.sha256), (*key, record.modified_at)})
    ]


def _missing(workspace: Workspace, full_refresh: bool) -> StartingPoint:
    known = ledger_of_history(workspace)
    if not known.files:
        return StartingPoint(frozenset(), frozenset(), Ledger())
    what = f"the warehouse {workspace.local_state.name} is missing"
    if full_refresh:
        return StartingPoint(frozenset(), frozenset(), known, warning=f"{what}: it is rebuilt")
    goals = all_goals(workspace.project)
    renamed = [file for file in known.files if _is_renamed(goals[file.goal][1])]
    if renamed:
        message = f"{what}, and imported files of it are renamed to .done"
        raise RunnerError(message, hint=f"{HINT}, `runner clean --all` starts over")
    warning = f"{what}: only files that servers still have are imported. {HINT}"
    return StartingPoint(frozenset(), frozenset(), Ledger(), warning=warning)


def _is_renamed(goal: object) -> bool:
    return isinstance(goal, ImportGoal) and goal.done_suffix


def ledger_of_history(workspace: Workspace) -> Ledger:
    """Return the ledger as published builds recorded it.

    Where a goal imported a main file again, with the same content and by the same definition, the
    last import counts; what a full refresh replayed keeps its position. Files that were undone
    later are marked as such.
    """
    if not workspace.history.exists():
        return Ledger()
    with History(workspace.history) as history:
        records = history.imported_files(workspace.target_name)
        refreshes = history.refreshes(workspace.target_name)
        recorded = history.fingerprints(workspace.target_name)
        undone = {
            (*name.split(" ", 1), sha256): build_id
            for build_id, name, sha256 in history.undone_files(workspace.target_name)
        }
    goals = {
        name: goal
        for name, (_, goal) in all_goals(workspace.project).items()
        if isinstance(goal, ImportGoal)
    }
    records = tuple(record for record in records if record.goal in goals)
    versions = DefinitionVersions.of(records, recorded, refreshes)
    prints = {name: goal_definition(workspace, goal).fingerprint for name, goal in goals.items()}
    prints |= versions.fingerprints
    files: dict[tuple[object, ...], ImportedFile] = {}
    for number, record in enumerate(records):
        is_main = record.source == goals[record.goal].main
        is_replay = record.build_id in refreshes
        build = "" if is_main else record.build_id
        # A refresh lists the chained files of all builds; the last ones are its own.
        content = record.sha256 if is_main or not is_replay else ""
        key = (record.goal, record.source, record.path, content, build, versions.number(record))
        if is_main and is_replay and key in files:
            continue
        files.pop(key, None)
        print_then = versions.fingerprint(record, prints)
        files[key] = imported_file(number, record, print_then, is_main)
    # What was undone, and not imported by a later build.
    still_undone = [file for file in files.values() if file.build_id <= undone.get(file.key, "")]
    return _with_all(Ledger(tuple(files.values()), prints).without(still_undone))


def _with_all(ledger: Ledger) -> Ledger:
    """Add the files that a goal did not import again since its definition changed.

    That happens where a rollback undid the change, which the history does not record.
    """
    files = list(ledger.files)
    for goal in ledger.goals or {}:
        since = ledger.since_change(goal)
        here = {file.path for file in since if file.is_main}
        before = ledger.before_change(goal)
        left = {file.path: file for file in before if file.is_main and file.path not in here}
        if since and left:
            first = since[0]
            files[files.index(first) : files.index(first)] = [
                replace(file, build_id=first.build_id, fingerprint=first.fingerprint)
                for file in left.values()
            ]
    return replace(ledger, files=tuple(files))


def imported_file(number: int, record: FileRecord, fingerprint: str, is_main: bool) -> ImportedFile:
    """Return a record of the history as a ledger has it."""
    return ImportedFile(
        file_id=number,
        goal=record.goal,
        source=record.source,
        path=record.path,
        size=record.size,
        modified_at=record.modified_at,
        sha256=record.sha256,
        fingerprint=fingerprint,
        build_id=record.build_id,
        is_main=is_main,
    )
