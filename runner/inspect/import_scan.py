"""What a build would find for one import goal: its files, columns and links."""

from collections.abc import Mapping
from dataclasses import dataclass

from runner.compile.column_names import masked_names
from runner.compile.entity import entity_of
from runner.compile.import_models import import_models
from runner.compile.import_plan import ImportPlan
from runner.compile.import_resolver import resolve_import
from runner.definitions.import_goal import ImportGoal
from runner.errors import DefinitionError, Location, RunnerError, StageError
from runner.events import Listener
from runner.imports.batch import FetchedFiles
from runner.imports.file_choice import FileChoice, reasons_of
from runner.imports.found_files import FoundFiles
from runner.imports.goal_files import GoalFiles
from runner.imports.headers import keep_headers
from runner.imports.intake import Intake
from runner.imports.source_downloads import SourceDownloads
from runner.imports.staged_copies import staged_copies
from runner.imports.usable_files import leave_unusable
from runner.inspect.feed_warnings import feed_warnings
from runner.inspect.file_scan import FileScan, file_scans
from runner.inspect.link_scan import LinkScan, LinkScanner
from runner.inspect.pair_sums import pair_sum_warnings
from runner.inspect.personal import personal
from runner.remote import Remote, RemoteSettings
from runner.stage.matched_files import directory_of
from runner.state.node_state import import_state
from runner.warehouse.ledger import Ledger
from runner.warehouse.scratch import scratch
from runner.workspace.workspace import Workspace


@dataclass(frozen=True)
class SourceScan:
    """What a file source finds."""

    name: str
    pattern: str
    is_main: bool
    files: tuple[FileScan, ...]
    columns: tuple[str, ...] = ()
    # How it is linked to a source above it; None for the main file.
    link: LinkScan | None = None
    # Names in the directory, where none fits the pattern.
    others: tuple[str, ...] = ()


@dataclass(frozen=True)
class ImportScan:
    """What a build would find for an import goal."""

    name: str
    sources: tuple[SourceScan, ...]
    # Names that F1 refuses, with the reason.
    refused: tuple[tuple[str, str], ...] = ()
    # What fails the goal.
    errors: tuple[RunnerError, ...] = ()
    warnings: tuple[str, ...] = ()
    # Exit code of the errors (B6), those included that a link reports.
    exit_code: int = 0
    # What changed in its definition since its last import, with locations (F5).
    changes: tuple[str, ...] = ()


class ImportScanner:
    """Scans one import goal."""

    def __init__(
        self,
        workspace: Workspace,
        connection: str,
        goal: ImportGoal,
        remote: Remote,
        settings: RemoteSettings,
        ledger: Ledger,
        listener: Listener,
    ) -> None:
        self.workspace = workspace.of_files
        self.connection = connection
        self.goal = goal
        self.name = f"{connection}.{goal.name}"
        self.remote = remote
        self.ledger = ledger
        self.downloads = SourceDownloads.of(workspace, goal, remote, settings, listener)
        self.errors: list[RunnerError] = []
        self.warnings: list[str] = []

    def scan(self, rows: int) -> ImportScan:
        """Scan files, columns and links, the links with `rows` lines of each source above.

        The result holds what is wrong. Raises RemoteError where the files cannot be listed.
        """
        changes = self._changes()
        choice = self._choice(bool(changes))
        files = self._readable(self._files(choice))
        links = self._links(files, rows, choice)
        reported = {link.location for link in links.values() if link.message}
        return ImportScan(
            self.name,
            tuple(
                SourceScan(
                    name,
                    source.pattern,
                    name == self.goal.main,
                    file_scans(self.goal, self.name, name, choice, self.ledger),
                    masked_names(files.header(name)),
                    links.get(name),
                    self._others(name, choice.found),
                )
                for name, source in self.goal.files.items()
            ),
            choice.found.refused,
            tuple(_unreported(self.errors, reported)),
            tuple(self.warnings),
            max((error.exit_code for error in self.errors), default=0),
            changes,
        )

    def _readable(self, fetched: FetchedFiles) -> GoalFiles:
        """Return the files, readable; a chained source that cannot be read has none.

        A main file that cannot be used is left, as a build does (F10).
        """
        files = GoalFiles(self.goal, fetched)
        for name in list(self.goal.files)[1:]:
            try:
                files.of(name)
            except StageError as error:
                self.errors.append(error)
                files.leave_out(name)
        main = self.goal.main
        paths = {file.path for file, _ in fetched.get(main, ())}
        try:
            left = leave_unusable(self.workspace, self.connection, files, paths)
        except StageError as error:
            self.errors.append(error)
            files.leave_out(main)
        else:
            self.errors += left.values()
        return files

    def _links(self, files: GoalFiles, rows: int, choice: FileChoice) -> dict[str, LinkScan]:
        """Compile the goal for its files, and try its links."""
        plan = None
        goal, library, headers = self.goal, self.workspace.library, files.headers()
        if all(headers[name] or source.optional for name, source in goal.files.items()):
            keep_headers(self.workspace.generated, self.name, headers)
            plan = self._plan(headers)
        if plan:
            self._check_files(plan, files)
            self.warnings += feed_warnings(plan, choice)
        masks = personal(plan, dict(entity_of(self.goal, self.workspace.project).properties), False)
        try:
            with scratch(self.workspace) as warehouse:
                scanner = LinkScanner(warehouse, library, goal, files, masks, rows)
                links = scanner.links()
        except RunnerError as error:
            self.errors.append(error)
            return {}
        if plan:
            self.warnings += pair_sum_warnings(goal, plan, links)
        return links

    def _changes(self) -> tuple[str, ...]:
        """Return what changed in the definition since the last import; nothing before one."""
        try:
            return import_state(self.workspace, self.ledger, self.name, self.goal).changes
        except DefinitionError:
            # The plan meets the same mistake, and reports it.
            return ()

    def _choice(self, is_redefined: bool) -> FileChoice:
        """Find files as a build does, and download those that it needs."""
        intake = Intake(self.goal, self.name, self.downloads, self.ledger)
        try:
            choice = intake.choose_and_download("", is_redefined)
        except RunnerError as error:
            found = intake.find()
            self.errors.append(error)
            reasons = reasons_of(self.goal, self.name, found, self.ledger, is_redefined)
            return FileChoice(found, None, reasons, (), is_redefined)
        self.errors += [error for _, error in choice.missing]
        refused = {f"refused the remote name {name}: {why}" for name, why in choice.found.refused}
        warnings = (*choice.overdue, *choice.warnings)
        self.warnings += [text for text in warnings if text not in refused]
        return choice

    def _files(self, choice: FileChoice) -> FetchedFiles:
        """Return the files to read: those that would be imported, else the last ones."""
        if choice.batch:
            return choice.batch.files
        before = self.ledger.chained_files(self.name)
        before[self.goal.main] = list(self.ledger.main_files(self.name).values())[-1:]
        return {
            name: self.downloads.known(name, choice.found.matched[name].files)
            or tuple(staged_copies(self.downloads.staging, before.get(name, []), self.warnings))
            for name in self.goal.files
        }

    def _plan(self, headers: Mapping[str, tuple[str, ...]]) -> ImportPlan | None:
        project = self.workspace.project
        try:
            return resolve_import(
                self.connection,
                self.goal,
                headers,
                project,
                self.workspace.library.environment,
            )
        except DefinitionError as error:
            self.errors.append(error)
            return None

    def _check_files(self, plan: ImportPlan, files: GoalFiles) -> None:
        """Compile the goal for its files: one of them may lack a column that others have."""
        project = self.workspace.project
        try:
            import_models(plan, files.inputs(), project, self.workspace.library, "")
        except DefinitionError as error:
            self.errors.append(error)

    def _others(self, name: str, found: FoundFiles) -> tuple[str, ...]:
        """Return a few names of the directory, where none fits the pattern."""
        matched = found.matched[name]
        if matched.files or matched.ignored or matched.waiting:
            return ()
        listing = self.remote.list(directory_of(self.goal.files[name]))
        return tuple(file.name for file in listing.files)


def _unreported(errors: list[RunnerError], reported: set[Location]) -> list[RunnerError]:
    """Return the errors without the faults of columns that a link reports."""
    kept: list[RunnerError] = []
    for error in errors:
        if not isinstance(error, DefinitionError):
            kept.append(error)
            continue
        faults = [fault for fault in error.faults if fault.location not in reported]
        if faults:
            kept.append(DefinitionError(faults))
    return kept
