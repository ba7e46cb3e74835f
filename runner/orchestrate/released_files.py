"""Files with rows that were left out, and are applied now: the reason is gone (C1, C2)."""

from collections.abc import Iterator

from runner.definitions.import_goal import ImportGoal
from runner.definitions.objective import Objective
from runner.engine.warehouse import Warehouse
from runner.erasure.suppression_list import read_suppressed
from runner.model import Model
from runner.sql.quoting import Sql
from runner.warehouse.imported_file import ImportedFile
from runner.warehouse.ledger import Ledger
from runner.workspace.declared_goal import all_goals
from runner.workspace.workspace import Workspace


def released_files(workspace: Workspace, ledger: Ledger) -> tuple[ImportedFile, ...]:
    """Return the imported main files with rows of persons who are not suppressed any more.

    Or who consent now. `ledger` is that of the published warehouse, which has pending rows. Raises
    RunnerError where the list of suppressed persons is missing.
    """
    with workspace.store.open() as warehouse:
        found = dict.fromkeys((*_lifted(warehouse, workspace), *_consenting(warehouse, workspace)))
    known = {file.key for file in ledger.undone.returning}
    last = [ledger.main_files(goal).get(path) for goal, path in found]
    return tuple(file for file in last if file is not None and file.key not in known)


def _lifted(warehouse: Warehouse, workspace: Workspace) -> Iterator[tuple[str, str]]:
    warehouse.perform("pending.listed_table")
    entries = read_suppressed(workspace).entries
    rows = [{"identifier": entry.identifier, "value_hash": entry.value_hash} for entry in entries]
    warehouse.insert("listed", rows)
    for goal, path in warehouse.perform("pending.lifted"):
        yield str(goal), str(path)


def _consenting(warehouse: Warehouse, workspace: Workspace) -> Iterator[tuple[str, str]]:
    for name, (connection, goal) in all_goals(workspace.project).items():
        objectives = workspace.project.objectives_of(connection.connection, goal)
        is_pending = isinstance(goal, ImportGoal) and warehouse.exists(
            "runner.pending_rows", goal=name, outcome="no_consent"
        )
        if objectives and is_pending:
            for (path,) in warehouse.read(_model(workspace, name, objectives)):
                yield name, str(path)


def _model(workspace: Workspace, goal: str, objectives: tuple[Objective, ...]) -> Model:
    template = "import/consent/released_files.sql"
    sql, locations = workspace.library.render(template, {"goal": goal, "objectives": objectives})
    return Model(f"{goal}.released_files", sql, Sql(""), "read", template, locations)
