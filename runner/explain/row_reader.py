"""Rows of a profile read again: the lines that the ledger names, and those joined to them."""

import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from runner.compile.expression import FileColumn
from runner.compile.import_models import ImportModels, row_models
from runner.compile.import_plan import ImportPlan
from runner.compile.import_resolver import resolve_import
from runner.compile.input_file import InputFile
from runner.definitions.import_goal import ImportGoal
from runner.engine.schema import prepare
from runner.engine.warehouse import Warehouse
from runner.explain.import_batch import ImportBatch
from runner.explain.joined_row import JoinedRow, ReadValue
from runner.explain.line_excerpts import LineExcerpts
from runner.explain.linked_lines import LineLinks
from runner.explain.profile_ledger import NO_HASH, LedgerRow
from runner.imports.python_steps import add_python_steps
from runner.inspect.joined_preview import joined_rows_model
from runner.sql.quoting import unquoted_name
from runner.stage.staging import Staging
from runner.warehouse.scratch import scratch
from runner.workspace.declared_goal import all_goals
from runner.workspace.workspace import Workspace


@dataclass
class RowReader:
    """Reads batches of lines as their goals do, in a scratch warehouse."""

    workspace: Workspace
    warehouse: Warehouse
    excerpts: LineExcerpts
    # Whether main files are compared with their hashes, as chained files always are.
    is_proved: bool = False

    def read(self, batch: ImportBatch, wanted: Sequence[LedgerRow]) -> list[JoinedRow]:
        """Return the rows of a batch that are wanted, in the order in which they were applied.

        Raises DefinitionError where the goal fits its files no more, ExecutionError and StageError
        where they cannot be read.
        """
        connection, goal = all_goals(self.workspace.project)[batch.goal]
        assert isinstance(goal, ImportGoal)
        plan = self._plan(connection.connection, goal, batch)
        chained = {
            source.name: [
                self.excerpts.input_of(file) for file in batch.chained.get(source.name, ())
            ]
            for source in plan.chained
        }
        is_proved = self.is_proved or not _is_proved_by_ledger(plan, wanted)
        main = [
            self.excerpts.write(file, plan.main.format, numbers, is_proved=is_proved)
            for file, numbers in batch.lines.items()
        ]
        models = self._models(plan, {plan.main.name: main, **chained})
        self.warehouse.read_lines(models[f"lines.{plan.main.name}"])
        for source in plan.chained:
            links = LineLinks(self.warehouse, self.workspace.library, source, models)
            for file in batch.chained.get(source.name, ()):
                searched = self.excerpts.searched(file, source.format)
                numbers: Iterable[int] = ()
                if searched and file.header:
                    numbers = links.lines(self.excerpts.input_of(file), searched)
                self.excerpts.write(file, source.format, numbers)
            self.warehouse.read_lines(models[f"lines.{source.name}"])
        return matched_rows(self._rows(plan, models), wanted)

    def _plan(self, connection: str, goal: ImportGoal, batch: ImportBatch) -> ImportPlan:
        headers = {name: batch.headers.get(name, ()) for name in goal.files}
        files = {name: [file.path for file in found] for name, found in batch.chained.items()}
        plan = resolve_import(
            connection,
            goal,
            headers,
            self.workspace.project,
            self.workspace.library.environment,
            files,
        )
        add_python_steps(self.warehouse, self.workspace.project, plan)
        return plan

    def _models(self, plan: ImportPlan, files: Mapping[str, list[InputFile]]) -> ImportModels:
        inputs = {
            name: tuple(file for file in found if file.header) for name, found in files.items()
        }
        return row_models(plan, inputs, self.workspace.project, self.workspace.library)

    def _rows(self, plan: ImportPlan, models: ImportModels) -> list["_Read"]:
        joined = [(source.name, column) for source in plan.sources for column in source.used]
        whole = sorted({name for sources in plan.lines for name in sources})
        model = joined_rows_model(self.workspace.library, plan, models, joined, whole=whole)
        columns, rows = self.warehouse.select_wide(model)
        return [_read(plan, joined, whole, dict(zip(columns, row, strict=True))) for row in rows]


_Read = tuple[int, JoinedRow]
"""Hash of its content, and a row whose place in the ledger is not known yet."""


@contextmanager
def row_reader(
    workspace: Workspace, *, is_proved: bool = False, is_careful: bool = False
) -> Iterator[RowReader]:
    """Open a reader of rows; `is_careful` reads staged files as an import does.

    Unless `is_proved`, rows that are not exact may be of a damaged file, and are to be read again.
    """
    workspace = workspace.of_files
    with (
        scratch(workspace) as warehouse,
        tempfile.TemporaryDirectory(prefix=".scratch-", dir=workspace.generated) as folder,
    ):
        prepare(warehouse)
        excerpts = LineExcerpts(Staging(workspace.staging), Path(folder), is_careful=is_careful)
        yield RowReader(workspace, warehouse, excerpts, is_proved)


def _is_proved_by_ledger(plan: ImportPlan, wanted: Sequence[LedgerRow]) -> bool:
    """Return whether the ledger has the line and content of each row that is wanted (F11).

    Then a row that is found exact is right, however damaged the rest of its main file is. Of a
    chained file nothing else proves the numbers of its lines, nor that none of them is missing.
    """
    has_hashes = all(row.row_hash != NO_HASH for row in wanted)
    return has_hashes and not any(source.keeps_duplicates for source in plan.sources)


def _read(
    plan: ImportPlan, joined: Sequence[FileColumn], whole: Sequence[str], row: Mapping[str, Any]
) -> _Read:
    origins = {source.name: row[f"origin_of_{source.name}"] for source in plan.chained}
    values = {}
    for item in plan.applied_values:
        text, value = row[unquoted_name(item.text)], row[unquoted_name(item.column)]
        if item in plan.assignments and item.declared.multi:
            value = row[f"items_{item.name}"] or None
        values[item.name] = ReadValue(text, value, row[unquoted_name(item.rejected)])
    ledger = LedgerRow(plan.name, int(row["row_hash"]), int(row["origin"]))
    return ledger.row_hash, JoinedRow(
        ledger=ledger,
        plan=plan,
        number=int(row["row_order"]),
        origins={plan.main.name: ledger.origin, **origins},
        values=values,
        columns={column: row[f"joined_{number}"] for number, column in enumerate(joined, 1)},
        keys={
            key.identifier: str(row[key.column])
            for key in plan.identity_keys
            if row[key.column] is not None
        },
        line_hashes={
            name: int(row[unquoted_name(plan.line_of(name))])
            for name in whole
            if row[unquoted_name(plan.line_of(name))] is not None
        },
        key_hash=row.get("key_hash"),
        is_exact=False,
    )


def matched_rows(read: Sequence[_Read], wanted: Sequence[LedgerRow]) -> list[JoinedRow]:
    """Return the rows that the ledger has: by content, or where that changed by their line.

    Of equal lines that count each (R10), the content says which of them it is: the line tells.
    """
    by_hash = {row_hash: row for row_hash, row in reversed(read)}
    by_origin = {row.ledger.origin: row for _, row in reversed(read)}
    exact = {(row.ledger.origin, row_hash): row for row_hash, row in read}
    found = []
    for ledger in wanted:
        row = exact.get((ledger.origin, ledger.row_hash)) or by_hash.get(ledger.row_hash)
        is_exact = row is not None
        row = row or by_origin.get(ledger.origin)
        if row is not None:
            is_exact |= any(source.keeps_duplicates for source in row.plan.sources)
            found.append(replace(row, ledger=ledger, is_exact=is_exact))
    return sorted(found, key=lambda row: (row.ledger.origin, row.number))
