"""The first rows of an import goal: of its files, of the joined row, as typed values."""

import fnmatch
from collections.abc import Sequence
from dataclasses import dataclass

from runner.compile.batch_traits import BatchTraits
from runner.definitions.import_goal import ImportGoal
from runner.engine.warehouse import Warehouse
from runner.errors import ExecutionError, StageError, UsageError, nearest
from runner.events import Listener
from runner.imports.batch import FetchedFiles, ImportBatch
from runner.imports.file_choice import reasons_of
from runner.imports.found_files import FoundFiles, find_files
from runner.imports.goal_compilation import compile_import, write_compiled
from runner.imports.goal_files import GoalFiles, ReadableFiles
from runner.imports.import_task import ImportTask
from runner.imports.python_steps import add_python_steps
from runner.imports.read import ImportReading, read_lines
from runner.imports.source_downloads import SourceDownloads
from runner.imports.staged_copies import staged_copies
from runner.inspect.file_preview import FilePreview, preview_file
from runner.inspect.joined_preview import JoinedPreview, preview_rows
from runner.inspect.personal import personal
from runner.inspect.preview_model import preview_model
from runner.remote import Remote, RemoteFile, RemoteSettings
from runner.stage.fetched_file import FetchedFile
from runner.state.goal_definition import goal_definition
from runner.warehouse.imported_file import ImportedFile
from runner.warehouse.ledger import Ledger
from runner.warehouse.scratch import scratch
from runner.warehouse.tables import add_properties, shape_tables
from runner.workspace.workspace import Workspace

SAMPLE = 1000
"""Lines of the main file whose values are read by the stated formats."""


@dataclass(frozen=True)
class ImportPreview:
    """What a build would make of the first lines of an import goal."""

    name: str
    files: tuple[FilePreview, ...]
    joined: JoinedPreview
    is_masked: bool
    warnings: tuple[str, ...] = ()


class ImportPreviewer:
    """Previews one import goal."""

    def __init__(
        self,
        workspace: Workspace,
        connection: str,
        goal: ImportGoal,
        name: str,
        remote: Remote,
        settings: RemoteSettings,
        ledger: Ledger,
        listener: Listener,
    ) -> None:
        self.workspace = workspace.of_files
        self.connection = connection
        self.goal = goal
        self.name = name
        self.remote = remote
        self.ledger = ledger
        self.downloads = SourceDownloads.of(workspace, goal, remote, settings, listener)
        self.warnings: list[str] = []
        self.notes: dict[str, str] = {}
        self.others: dict[str, int] = {}

    def preview(self, rows: int, file: str | None, show_pii: bool) -> ImportPreview:
        """Return the first `rows` rows; see `preview.preview`."""
        fetched = self._fetched(file)
        with scratch(self.workspace) as warehouse:
            readable, reading = self._read(warehouse, fetched)
            plan, models, library = reading.plan, reading.models, self.workspace.library
            masks = personal(plan, plan.properties, show_pii)
            files = tuple(
                preview_file(
                    warehouse,
                    library,
                    name,
                    readable[name][0],
                    self.goal.format_of(name),
                    masks,
                    rows,
                    self.notes.get(name, ""),
                    self.others.get(name, 0),
                )
                for name in self.goal.files
                if readable[name]
            )
            # The expressions of the goal read the lines, and no file (B8).
            warehouse.lock()
            count = max(rows, SAMPLE)
            relation = models[f"lines.{self.goal.main}"].relation
            warehouse.run(preview_model(library, "first_lines", relation, "temporary", rows=count))
            try:
                paths = dict(
                    enumerate(
                        (file.remote_path for found in readable.values() for file in found), 1
                    )
                )
                joined = preview_rows(warehouse, library, plan, models, masks, paths, rows)
            except ExecutionError:
                # The message names the compiled file.
                write_compiled(self.workspace.generated, models.models.values())
                raise
        return ImportPreview(self.name, files, joined, not show_pii, tuple(self.warnings))

    def _fetched(self, file: str | None) -> FetchedFiles:
        """Download one main file, and all files that are joined to it."""
        found = self._unpacked(find_files(self.remote, self.goal))
        before = self.ledger.chained_files(self.name)
        fetched = {self.goal.main: self._main(found, file)}
        for name, source in list(self.goal.files.items())[1:]:
            files = self._download(name, found.matched[name].files)
            files = files or self._copies(name, before.get(name, []))
            if not files and not source.optional:
                raise self._nothing(name)
            fetched[name] = files
            self.others[name] = max(0, len(files) - 1)
        return fetched

    def _unpacked(self, found: FoundFiles) -> FoundFiles:
        """Return the files with those inside archives instead of the archives."""
        matched = dict(found.matched)
        for name, source in self.goal.files.items():
            if source.members is not None:
                archives = self._download(name, matched[name].files)
                unpacked = self.downloads.unpack(name, matched[name], archives)
                matched[name] = unpacked.matched
                self.warnings += unpacked.warnings
        return FoundFiles(matched, found.refused)

    def _main(self, found: FoundFiles, wanted: str | None) -> tuple[FetchedFile, ...]:
        name = self.goal.main
        here = {file.path: file for file in found.matched[name].files}
        gone = {
            path: file
            for path, file in self.ledger.main_files(self.name).items()
            if path not in here
        }
        fitting = [path for path in (*here, *gone) if _is_called(path, wanted)]
        if wanted and not fitting:
            known = [path.rpartition("/")[2] for path in (*here, *gone)]
            raise UsageError(
                f"{self.name}: no main file is called '{wanted}'.{nearest(wanted, known)}"
            )
        if not fitting:
            raise self._nothing(name)
        self.others[name] = len(fitting) - 1 if not wanted else 0
        reasons = reasons_of(self.goal, self.name, found, self.ledger, False)
        waiting = [path for path in fitting if reasons.get(path, "unchanged") != "unchanged"]
        chosen = (waiting or [path for path in fitting if path in here] or fitting)[0]
        if chosen in here:
            return self._download(name, (here[chosen],))
        return self._copies(name, [gone[chosen]])

    def _nothing(self, name: str) -> StageError:
        return StageError(
            f"no file fits {self.goal.files[name].pattern} for `{name}`",
            self.goal.location("files", name, of_key=True),
            hint="`runner scan` shows what is in the directory",
        )

    def _download(self, name: str, files: Sequence[RemoteFile]) -> tuple[FetchedFile, ...]:
        downloads = self.downloads.fetch(name, files)
        for _, error in downloads.failures:
            raise error
        return downloads.files

    def _copies(self, name: str, files: list[ImportedFile]) -> tuple[FetchedFile, ...]:
        copies = tuple(staged_copies(self.downloads.staging, files, self.warnings))
        if copies:
            self.notes[name] = "imported before, from its staged copy"
        return copies

    def _read(
        self, warehouse: Warehouse, fetched: FetchedFiles
    ) -> tuple[ReadableFiles, ImportReading]:
        """Read all lines of the files into the warehouse."""
        definition = goal_definition(self.workspace, self.goal)
        task = ImportTask(self.connection, self.goal, ImportBatch("", fetched), definition, False)
        files = GoalFiles(self.goal, fetched)

        def compiled() -> ImportReading:
            reading = compile_import(self.workspace, task, files, 1, BatchTraits(is_shown=True))
            add_python_steps(warehouse, self.workspace.project, reading.plan)
            return reading

        reading = read_lines(warehouse, files, compiled)
        shape_tables(warehouse, self.workspace)
        add_properties(
            warehouse, self.workspace, reading.plan.entity.table, reading.plan.new_properties
        )
        return files.readable(), reading


def _is_called(path: str, wanted: str | None) -> bool:
    name = path.rpartition("/")[2]
    return wanted is None or any(fnmatch.fnmatchcase(text, wanted) for text in (path, name))
