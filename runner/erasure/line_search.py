"""Lines of persons in staged files, found by reading the files as goals do (C2)."""

import csv
import secrets
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path

from runner.compile.erasure_models import (
    goal_of_source,
    line_owners_model,
    listed_values_model,
    personal_sources,
    search_goal,
)
from runner.compile.import_models import suppressed_models
from runner.compile.import_plan import ImportPlan
from runner.compile.import_resolver import resolve_import
from runner.definitions.import_goal import ImportGoal, ImportGroups
from runner.definitions.import_products import ImportProducts
from runner.engine.protocol import Row
from runner.engine.warehouse import Warehouse
from runner.erasure.identifier_values import IdentifierValue
from runner.erasure.import_sets import ImportSet, sets_to_read
from runner.erasure.persons import Person
from runner.erasure.value_pattern import ValuePattern
from runner.errors import RunnerError
from runner.history.suppressions import value_hash
from runner.imports.batch import FetchedFiles
from runner.imports.goal_files import GoalFiles
from runner.imports.python_steps import add_python_steps
from runner.imports.read import ImportReading, read_lines
from runner.stage.dialect import Dialect, dialect_of
from runner.stage.fetched_file import FetchedFile
from runner.stage.staging import Staging
from runner.warehouse.imported_file import ImportedFile
from runner.warehouse.scratch import scratch
from runner.warehouse.tables import shape_tables
from runner.workspace.declared_goal import all_goals
from runner.workspace.workspace import Workspace

LineNumbers = dict[str, set[int]]
"""SHA-256 of a staged file -> physical lines on which records of the persons begin."""


@dataclass
class FoundLines:
    """The lines of persons in staged files."""

    lines: LineNumbers = field(default_factory=dict)
    # Main lines of groups that a line which names them gave something to.
    group_lines: LineNumbers = field(default_factory=dict)
    # The goals that import groups.
    group_goals: set[str] = field(default_factory=set)
    # Lines of others that name them, and stay.
    mentions: LineNumbers = field(default_factory=dict)
    # SHA-256 -> how it is read: its dialect and number of columns.
    readable: dict[str, tuple[Dialect, int]] = field(default_factory=dict)
    # Identifier values of theirs that the rows have.
    values: tuple[IdentifierValue, ...] = ()
    warnings: list[str] = field(default_factory=list)

    def warn(self, warning: str) -> None:
        """Add a warning, once."""
        if warning not in self.warnings:
            self.warnings.append(warning)


def find_lines(
    workspace: Workspace,
    sets: Sequence[ImportSet],
    persons: Sequence[Person],
    salt: str = "",
) -> FoundLines:
    """Find the lines of persons in all files that goals imported.

    `salt` is that of the hashes that the suppression list has of them.

    Files are read and joined as their goals do, so that a line is found by the value that the
    goal makes of it, and a line of a chained file by the row that it was joined to.
    """
    found = FoundLines()
    # Staged files are on this machine: its engine reads them, whichever holds the warehouse.
    workspace = workspace.of_files
    pattern = ValuePattern.of(persons)
    goals = all_goals(workspace.project)
    with scratch(workspace) as warehouse:
        shape_tables(warehouse, workspace)
        _load(warehouse, persons, pattern, salt or secrets.token_hex(32))
        search = _Search(workspace, warehouse, pattern, found)
        for name, (connection, goal) in goals.items():
            if not isinstance(goal, ImportGoal) or isinstance(goal, ImportProducts):
                continue
            if isinstance(goal, ImportGroups):
                found.group_goals.add(name)
            own = [files for files in sets if files[0].goal == name]
            for files in sets_to_read(own, goal):
                batch = _fetched(files, goal, Staging(workspace.staging))
                if any(batch.values()):
                    search.search(connection.connection, goal, batch)
        _warn_of_lost_goals(found, sets, goals, Staging(workspace.staging))
        add_numbers(found.lines, warehouse.perform("erasure.person_lines"))
        add_numbers(found.group_lines, warehouse.perform("erasure.lines_of_groups"))
        add_numbers(found.mentions, warehouse.perform("erasure.mentioning_lines"))
        listed = warehouse.perform("erasure.listed_values")
        found.values = tuple((str(name), str(value)) for name, value in listed)
    return found


def _warn_of_lost_goals(
    found: FoundLines, sets: Iterable[ImportSet], goals: Collection[str], staging: Staging
) -> None:
    """Warn of files that no goal reads any more: of them less is found."""
    lost = [file for files in sets for file in files if file.goal not in goals]
    for name in sorted({file.goal for file in lost if _is_unread(file, found, staging)}):
        found.warn(
            f"{name}: the project has no such goal any more. Of its files, lines of main files that"
            " its rows came from are erased, and lines that name the person. Define the goal again"
            " to find those of chained files, too"
        )


def _is_unread(file: ImportedFile, found: FoundLines, staging: Staging) -> bool:
    return file.sha256 not in found.readable and staging.find(file.sha256) is not None


def add_numbers(lines: LineNumbers, rows: Iterable[Row]) -> None:
    """Add rows of a hash and a line to lines."""
    for sha256, line in rows:
        lines.setdefault(str(sha256), set()).add(int(line))


def _load(
    warehouse: Warehouse, persons: Sequence[Person], pattern: ValuePattern, salt: str
) -> None:
    """List these persons alone as suppressed in the scratch warehouse."""
    hashes = {
        (name, value_hash(salt, name, value))
        for person in persons
        for name, value in person.identifiers
    }
    hashes |= {pair for person in persons for pair in person.listed}
    entries = [
        {
            "identifier": name,
            "value_hash": hashed,
            "reason": "",
            "receipt_id": "",
            "suppressed_at": "epoch",
        }
        for name, hashed in sorted(hashes)
    ]
    warehouse.set_variable("suppression_salt", salt)
    warehouse.insert("runner.suppressed", entries)
    warehouse.set_variable("person_values", pattern.sql)
    warehouse.perform("erasure.line_owner_tables")


def _fetched(files: ImportSet, goal: ImportGoal, staging: Staging) -> FetchedFiles:
    """Return the staged copies of a set of files, by source; missing ones are left out."""
    return {
        source: tuple(
            FetchedFile(file.remote_file, blob)
            for file in files
            if file.source == source and (blob := staging.find(file.sha256))
        )
        for source in goal.files
    }


@dataclass
class _Search:
    """Reads batches in a scratch warehouse, which collects whose lines they are."""

    workspace: Workspace
    warehouse: Warehouse
    pattern: ValuePattern
    found: FoundLines
    next_id: int = 1

    def search(self, connection: str, goal: ImportGoal, batch: FetchedFiles) -> None:
        """Search one batch; a goal that can no longer read it gives a warning."""
        try:
            plan = self._search(connection, GoalFiles(goal, batch))
            self._search_alone(connection, goal, plan, batch)
        except RunnerError as error:
            name = f"{connection}.{goal.name}"
            self.found.warn(
                f"{name}: its files are searched as text alone, because it cannot read them:"
                f" {type(error).__name__}"
            )

    def _search(self, connection: str, files: GoalFiles, *, is_alone: bool = False) -> ImportPlan:
        """Search files; returns the plan by which they were read."""
        library = self.workspace.library
        reading = read_lines(self.warehouse, files, lambda: self._compiled(connection, files))
        plan, models = reading.plan, reading.models
        self.warehouse.run(models["rows"])
        self.warehouse.run(models["suppressed_rows"])
        project = self.workspace.project
        self.warehouse.run(listed_values_model(plan, models, project, library))
        whole = self._plan(connection, files.goal, files)
        inputs = files.inputs(self.next_id)
        self.warehouse.run(
            line_owners_model(plan, models, inputs, personal_sources(whole), library, is_alone)
        )
        self._record(files)
        return plan

    def _search_alone(
        self, connection: str, goal: ImportGoal, plan: ImportPlan, batch: FetchedFiles
    ) -> None:
        """Search chained files by themselves: the main lines of a person may be gone."""
        reduced = search_goal(goal, self.workspace.project)
        for source in plan.chained:
            own = goal_of_source(reduced, plan, source.name)
            if own is not None and batch[source.name]:
                files = GoalFiles(own, {source.name: batch[source.name]})
                self._search(connection, files, is_alone=True)

    def _compiled(self, connection: str, files: GoalFiles) -> ImportReading:
        project = self.workspace.project
        plan = self._plan(connection, search_goal(files.goal, project), files)
        add_python_steps(self.warehouse, project, plan)
        inputs = files.inputs(self.next_id)
        models = suppressed_models(plan, inputs, project, self.workspace.library)
        return ImportReading(plan, models)

    def _plan(self, connection: str, goal: ImportGoal, files: GoalFiles) -> ImportPlan:
        environment = self.workspace.library.environment
        return resolve_import(
            connection, goal, files.headers(), self.workspace.project, environment
        )

    def _record(self, files: GoalFiles) -> None:
        rows = []
        for source, readable in files.readable().items():
            dialect = dialect_of(files.goal.format_of(source))
            for file in readable:
                row = {"file_id": self.next_id, "sha256": file.sha256, "source": source}
                rows.append(row)
                self.next_id += 1
                self.found.readable.setdefault(file.sha256, (dialect, len(file.header)))
                if file.rejects is not None:
                    self._search_rejects(file.sha256, file.rejects)
        self.warehouse.insert("searched_files", rows)

    def _search_rejects(self, sha256: str, rejects: Path) -> None:
        pattern = self.pattern.text
        with rejects.open(encoding="utf-8", newline="") as file:
            for line in csv.DictReader(file):
                if pattern.search(line["raw"]):
                    add_numbers(self.found.lines, [(sha256, line["line"])])


def sources_of(sets: Iterable[ImportSet]) -> Mapping[str, tuple[str, ...]]:
    """Return where each staged content came from, as `goal path`."""
    found: dict[str, dict[str, None]] = {}
    for file in chain.from_iterable(sets):
        found.setdefault(file.sha256, {})[f"{file.goal} {file.path}"] = None
    return {sha256: tuple(sources) for sha256, sources in found.items()}
