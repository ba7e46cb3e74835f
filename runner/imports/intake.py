"""Finds the files of an import goal, chooses those that a build imports, and downloads them."""

from collections.abc import Collection, Mapping
from datetime import UTC, datetime

from runner.definitions.import_goal import ImportGoal
from runner.errors import RemoteError, RunnerError, StageError
from runner.imports.batch import FetchedFiles, ImportBatch
from runner.imports.file_choice import REDEFINED, SETTLED, FileChoice, reasons_of
from runner.imports.found_files import FoundFiles, find_files
from runner.imports.freshness import stale_sources
from runner.imports.late_files import in_order, overtaken, replaced
from runner.imports.readiness import Readiness, postponed, postponement, waiting_warnings
from runner.imports.renamed_files import RenamedFile, current_paths, renamed_file
from runner.imports.source_downloads import SourceDownloads
from runner.imports.staged_copies import StagedCopies
from runner.imports.usable_files import left_out, named_files
from runner.pgp import NotDecrypted
from runner.remote import RemoteFile
from runner.remote.file import NOTHING_THERE
from runner.stage.download import Downloads, StillChanging
from runner.stage.fetched_file import FetchedFile
from runner.stage.pending_files import PendingFiles
from runner.warehouse.imported_file import ImportedFile
from runner.warehouse.ledger import Ledger

CHAINED_CHANGED = "chained file changed"


class ChainedChanging(Exception):
    """A chained file changed while it was downloaded: the main files wait for it."""


class Intake:
    """Chooses the files of one import goal and downloads them."""

    def __init__(
        self,
        goal: ImportGoal,
        name: str,
        downloads: SourceDownloads,
        ledger: Ledger,
        allow_missing: bool = False,
    ) -> None:
        self.goal = goal
        self.name = name
        self.downloads = downloads
        self.ledger = ledger
        self.warnings: list[str] = []
        self.copies = StagedCopies(
            goal, name, downloads.staging, ledger, self.warnings, allow_missing
        )
        self.missing: list[tuple[RemoteFile, RunnerError]] = []
        self.overdue: tuple[str, ...] = ()
        self.renamed: list[RenamedFile] = []

    def choose_and_download(self, build_id: str, is_redefined: bool) -> FileChoice:
        """Choose what is new, changed, or to be imported again, and download it.

        A main file that the server refuses, or an archive that cannot be opened, gives a warning,
        and the others go on. Raises RemoteError where the server cannot be listed, no main file
        can be downloaded, or a chained file cannot; StageError where a file that is needed is not
        there.
        """
        found = self.find()
        self._check_places(found)
        for stale in stale_sources(self.goal, found, datetime.now(UTC)):
            if stale.is_error:
                self.overdue += (stale.message,)
            else:
                self.warnings.append(stale.message)
        found, waits_for = self._unpacked(found)
        for name, reason in found.refused:
            self.warnings.append(f"refused the remote name {name}: {reason}")
        reasons = reasons_of(self.goal, self.name, found, self.ledger, is_redefined)
        waits_for = waits_for or postponement(found.matched, self.goal.main)
        if waits_for:
            # A join to half of the chained files could not be repaired once a main file is done.
            return self._postponed(found, reasons, waits_for, is_redefined)
        self.warnings += waiting_warnings(found.matched)
        if self._may_chained_differ(found):
            reasons = _replaced(reasons, "unchanged", CHAINED_CHANGED)
        try:
            batch, reasons = self._batch(build_id, found, reasons, is_redefined)
        except ChainedChanging as changing:
            return self._postponed(found, reasons, str(changing), is_redefined)
        if self.missing and not batch:
            raise self._nothing_fetched()
        return FileChoice(
            found,
            batch,
            reasons,
            tuple(self.warnings),
            is_redefined,
            tuple(self.renamed),
            tuple(self.missing),
            self.overdue,
        )

    def find(self) -> FoundFiles:
        """Return the files on the server; those that are not complete yet wait (F4)."""
        pending = PendingFiles(self.downloads.staging.directory / "waiting.json")
        server, remote = self.downloads.server, self.downloads.remote
        readiness = Readiness(self.goal, self.name, server, self.ledger, pending)
        return find_files(remote, self.goal, readiness)

    def _check_places(self, found: FoundFiles) -> None:
        """Raise RemoteError where nothing is at a place of a bucket, and nothing ever was.

        Files that were imported from there may have been removed since.
        """
        chained = self.ledger.chained_files(self.name)
        for name, missing in found.missing.items():
            before = self.ledger.main_files(self.name) if name == self.goal.main else chained
            if not before and not self.goal.files[name].optional:
                raise RemoteError(missing, hint=NOTHING_THERE)

    def _unpacked(self, found: FoundFiles) -> tuple[FoundFiles, str]:
        """Return the files with those inside archives instead of the archives (F7).

        Where a chained archive is changing, nothing is unpacked, and the text says what waits.
        """
        matched, archives = dict(found.matched), dict(found.archives)
        refused = list(found.refused)
        for name, source in self.goal.files.items():
            if source.members is None:
                continue
            try:
                files = self._fetched(name, matched[name].files)
            except ChainedChanging as changing:
                return found, str(changing)
            unpacked = self.downloads.unpack(name, matched[name], files)
            for archive, error in unpacked.failures:
                if name != self.goal.main:
                    raise error
                self._miss(archive, error)
            matched[name] = unpacked.matched
            archives |= unpacked.archives
            refused += unpacked.refused
            self.warnings += unpacked.warnings
        return FoundFiles(matched, tuple(dict.fromkeys(refused)), archives), ""

    def _postponed(
        self, found: FoundFiles, reasons: Mapping[str, str], waits_for: str, is_redefined: bool
    ) -> FileChoice:
        """Return a choice that imports nothing: a chained file is not complete yet."""
        main = self.goal.main
        known = [path for path, reason in reasons.items() if reason in SETTLED]
        matched = {**found.matched, main: postponed(found.matched[main], waits_for, known)}
        self.warnings += waiting_warnings(matched)
        if is_redefined:
            self.warnings.append(
                f"the goal changed, and its files are imported again later: {waits_for}"
            )
        left = {path: reasons[path] for path in known}
        left_files = FoundFiles(matched, found.refused, found.archives)
        return FileChoice(left_files, None, left, tuple(self.warnings), overdue=self.overdue)

    def _batch(
        self, build_id: str, found: FoundFiles, reasons: Mapping[str, str], is_redefined: bool
    ) -> tuple[ImportBatch | None, Mapping[str, str]]:
        """Download what is imported; return it, and the reasons, corrected by the content."""
        on_server = dict.fromkeys(file.path for file in found.matched[self.goal.main].files)
        returning = self.copies.returning(on_server)
        is_new = any(reason not in SETTLED for reason in reasons.values())
        if not (is_new or is_redefined or returning):
            return None, reasons
        chained = self._chained(found)
        if not self._chained_differ(chained) and not is_redefined:
            reasons = _replaced(reasons, CHAINED_CHANGED, "unchanged")
        is_joined_again = CHAINED_CHANGED in reasons.values()
        reason_of_known = CHAINED_CHANGED if is_joined_again else "unchanged"
        if is_redefined:
            reason_of_known = REDEFINED
        fetched, reasons = self._main(found, reasons, reason_of_known)
        main = [*returning, *fetched]
        if is_redefined:
            coming = {file.path for file, _ in main}
            coming |= {file.imported.path for file in self.renamed}
            main += self.copies.gone({*on_server, *coming})
            main += self.copies.unfetched(on_server, coming)
        again = self._overtaken(found, main, reasons)
        main = in_order(self.goal.files[self.goal.main], [*main, *again])
        if not main:
            return None, reasons
        overtaken = frozenset(file.path for file, _ in again)
        return ImportBatch(build_id, {self.goal.main: tuple(main), **chained}, overtaken), reasons

    def _overtaken(
        self, found: FoundFiles, main: list[FetchedFile], reasons: Mapping[str, str]
    ) -> list[FetchedFile]:
        """Return imported files that are read again, for one of `main` comes before them (P8).

        Or for one of a `full` source changed: what is gone from it may be in another one too (F9).
        They have the times by which they were imported.
        """
        source = self.goal.files[self.goal.main]
        imported = current_paths(self.ledger.main_files(self.name), self.renamed)
        files = overtaken(source, main, imported)
        if self.goal.is_full(self.goal.main) and source.pick == "all" and replaced(main, imported):
            coming = {file.path for file, _ in main}
            files = [file for path, file in imported.items() if path not in coming]
        paths = {file.path for file in files if reasons.get(file.path) == "unchanged"}
        here = [file for file in found.matched[self.goal.main].files if file.path in paths]
        again = [
            FetchedFile(imported[file.path].remote_file, blob)
            for file, blob in self._fetched(self.goal.main, tuple(here))
        ]
        return again + self.copies.overtaken([file for file in files if file.path not in paths])

    def _may_chained_differ(self, found: FoundFiles) -> bool:
        """Tell whether chained files may hold something else than at the last import."""
        before = self.ledger.chained_files(self.name)
        if not self.ledger.main_files(self.name):
            return False
        for source in list(self.goal.files)[1:]:
            files = found.matched[source].files
            if not all(file.is_comparable for file in files):
                return True
            now = [(file.path, file.size, file.modified_at) for file in files]
            then = [(file.path, file.size, file.modified_at) for file in before.get(source, [])]
            if self.goal.is_full(source) and now and now != then:
                return True
            if not self.goal.is_full(source) and set(now) - set(then):
                return True
        return False

    def _chained_differ(self, chained: FetchedFiles) -> bool:
        """Tell whether chained files hold something else than at the last import."""
        before = self.ledger.chained_files(self.name)
        return any(
            [blob.sha256 for _, blob in files] != [file.sha256 for file in before.get(source, [])]
            for source, files in chained.items()
        )

    def _chained(self, found: FoundFiles) -> dict[str, tuple[FetchedFile, ...]]:
        """Return the chained files of each source; those of the last import where none is left."""
        chained: dict[str, tuple[FetchedFile, ...]] = {}
        before = self.ledger.chained_files(self.name)
        for name, source in list(self.goal.files.items())[1:]:
            files = self._fetched(name, found.matched[name].files)
            if not files and not source.optional:
                files = self.copies.of(before.get(name, []))
                if not files:
                    raise StageError(
                        f"no file matches {source.pattern} for `{name}`",
                        self.goal.location("files", name, of_key=True),
                        hint="send the file, fix the pattern, or write `optional: true` at it",
                    )
                self.warnings.append(
                    f"no file matches {source.pattern}: `{name}` is joined as it was last imported"
                )
            if not self.goal.is_full(name):
                files = self._added_to(before.get(name, []), files)
            chained[name] = tuple(files)
        return chained

    def _added_to(self, before: list[ImportedFile], files: list[FetchedFile]) -> list[FetchedFile]:
        """Return the files of a chained `delta` source behind those of earlier imports (F9)."""
        now = {(file.path, blob.sha256) for file, blob in files}
        earlier = [file for file in before if (file.path, file.sha256) not in now]
        return [*self.copies.of(earlier), *files]

    def _main(
        self, found: FoundFiles, reasons: Mapping[str, str], reason_of_known: str
    ) -> tuple[list[FetchedFile], Mapping[str, str]]:
        """Return the main files to import, and the reasons: content may settle a file after all.

        A renamed file gets `reason_of_known`.
        """
        matched = found.matched[self.goal.main].files
        wanted = tuple(file for file in matched if reasons[file.path] not in SETTLED)
        imported = self.ledger.main_files(self.name)
        on_server = {file.path for file in matched}
        main: list[FetchedFile] = []
        found_reasons: dict[str, str] = {}
        for file, blob in self._fetched(self.goal.main, wanted):
            reason, before = reasons[file.path], imported.get(file.path)
            if self.ledger.undone.keeps_out(self.name, file, blob.sha256):
                reason = "undone"
            elif reason == "changed" and before and before.sha256 == blob.sha256:
                reason = "unchanged"
            elif reason == "new":
                reason = self._reason_of_new(file, blob.sha256, on_server, reason_of_known)
            if reason not in SETTLED:
                main.append(FetchedFile(file, blob))
            found_reasons[file.path] = reason
        return main, {**reasons, **found_reasons}

    def _reason_of_new(
        self, file: RemoteFile, sha256: str, on_server: Collection[str], reason_of_known: str
    ) -> str:
        """Return why a file with an unknown path is imported, or not: it may be renamed (F8)."""
        taken = {renamed.imported.path for renamed in self.renamed}
        kept_out = [before for before in self.ledger.undone.kept_out if before.goal == self.name]
        imported = self.ledger.main_files(self.name).values()
        for known, reason in ((imported, reason_of_known), (kept_out, "undone")):
            renamed = renamed_file(file, sha256, known, {*on_server, *taken})
            if renamed:
                self.renamed.append(renamed)
                return reason
        return "new"

    def _fetched(self, name: str, files: tuple[RemoteFile, ...]) -> list[FetchedFile]:
        """Download files of a source; what fails is handled as main or chained files need it."""
        downloads = self.downloads.fetch(name, files)
        for _, error in downloads.failures:
            if isinstance(error, StillChanging):
                self.warnings.append(str(error))
        if name == self.goal.main:
            self._miss_main(downloads)
        else:
            self._check_chained(name, downloads)
        return list(downloads.files)

    def _check_chained(self, name: str, downloads: Downloads) -> None:
        """Raise the error that fails the goal, or ChainedChanging."""
        for file, error in downloads.failures:
            if isinstance(error, StillChanging):
                raise ChainedChanging(f"waits for {file.path} of `{name}`")
            raise error

    def _miss_main(self, downloads: Downloads) -> None:
        """Warn of main files that the other side failed to give; raise errors of our own."""
        for file, error in downloads.failures:
            if isinstance(error, StillChanging):
                continue
            if not isinstance(error, RemoteError | NotDecrypted):
                raise error
            self._miss(file, error)

    def _nothing_fetched(self) -> RunnerError:
        """Return the error of the first file that was left, with the names of the others."""
        first, *others = (file.path for file, _ in self.missing)
        error = self.missing[0][1]
        more = f"; {named_files(others, 'left as well')}" if others else ""
        return type(error)(
            f"{error.message}{more}", error.location, error.hint, files=(first, *others)
        )

    def _miss(self, file: RemoteFile, error: RunnerError) -> None:
        """Leave a main file, with a warning."""
        self.missing.append((file, error))
        self.warnings.append(left_out(file.path, error))


def _replaced(reasons: Mapping[str, str], old: str, new: str) -> dict[str, str]:
    return {path: new if reason == old else reason for path, reason in reasons.items()}
