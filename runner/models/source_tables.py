"""The lines of files, for `source()` in the project's own SQL."""

from collections.abc import Iterable

from runner.compile.source_lines import Source, source_models
from runner.engine.warehouse import Warehouse
from runner.errors import ExecutionError
from runner.imports.goal_files import GoalFiles, input_files
from runner.imports.read import LineModels, SourceReading, read_lines
from runner.stage.fetched_file import FetchedFile
from runner.stage.staging import Staging
from runner.warehouse.imported_file import ImportedFile
from runner.warehouse.ledger import ledger_in
from runner.workspace.workspace import Workspace


class SourceTables:
    """Temporary tables of a warehouse, one per source, each read when first needed."""

    def __init__(self, warehouse: Warehouse, workspace: Workspace) -> None:
        self.warehouse = warehouse
        self.workspace = workspace
        self.staging = Staging(workspace.staging)
        self._read: set[Source] = set()

    def provide(self, sources: Iterable[Source]) -> None:
        """Read the lines of sources from the staged copies of their files.

        Raises ExecutionError where a copy is missing, StageError where it cannot be read.
        """
        for source in sources:
            self._check_whole(source)
            if source not in self._read:
                self._provide(source)
                self._read.add(source)

    def _check_whole(self, source: Source) -> None:
        names = [connection.connection for connection in self.workspace.project.connections]
        if source.connection not in names:
            raise ExecutionError(
                f"source() reads {source.goal_name}, and the file of that connection is wrong",
                hint=f"correct the connection '{source.connection}': no build has known it yet",
            )

    def _provide(self, source: Source) -> None:
        goal = source.declared(self.workspace.project)
        files = GoalFiles(goal, {source.files: tuple(map(self._here, self._files(source)))})

        def compiled() -> SourceReading:
            models = source_models(
                source,
                input_files(files.of(source.files)),
                files.header(source.files),
                goal.format_of(source.files),
                self.workspace.library,
            )
            return SourceReading({source.files: LineModels(*models)})

        read_lines(self.warehouse, files, compiled)

    def _files(self, source: Source) -> list[ImportedFile]:
        """Return the files of a source as they were last imported, in that order."""
        ledger = ledger_in(self.warehouse)
        main = source.declared(self.workspace.project).main
        if source.files == main:
            return list(ledger.main_files(source.goal_name).values())
        return ledger.chained_files(source.goal_name).get(source.files, [])

    def _here(self, file: ImportedFile) -> FetchedFile:
        blob = self.staging.find(file.sha256)
        if blob is None:
            raise ExecutionError(
                f"the staged copy of {file.path} is missing, and source() reads it",
                hint="`runner build --full-refresh` shows what can be imported again",
            )
        return FetchedFile(file.remote_file, blob)
