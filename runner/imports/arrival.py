"""Which files an import goal takes in a build, and why; they are brought here (F1 to F5)."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from runner.definitions.import_goal import ImportGoal
from runner.errors import RemoteError, RunnerError, StageError
from runner.events import Event, Listener
from runner.imports.archives import Here, unpack
from runner.imports.readiness import Readiness, held, holding, waiting_warnings
from runner.pgp import Decryptor, NotDecrypted
from runner.remote import Remote, RemoteFile
from runner.stage.blob import Blob
from runner.stage.errand import Brought
from runner.stage.match import Matched, directory_of, match_files
from runner.stage.sightings import Sightings
from runner.stage.staging import Staging, StillChanging
from runner.warehouse.imported_file import ImportedFile
from runner.warehouse.ledger import Ledger

SETTLED = ("unchanged", "undone")
"""Why a main file is not imported: it was before, or it was taken out again."""


@dataclass(frozen=True)
class Found:
    """The files on the server that each source of a goal matches."""

    matched: Mapping[str, Matched]
    # Names that F1 refuses, with the reason.
    refused: tuple[tuple[str, str], ...]
    # Of files that came in an archive: the archive.
    archives: Mapping[RemoteFile, RemoteFile] = field(default_factory=dict)


@dataclass(frozen=True)
class Batch:
    """The files that one run of a goal imports: those of each source, in order."""

    build_id: str
    files: Mapping[str, tuple[Here, ...]]


@dataclass(frozen=True)
class Arrival:
    """What a build found for an import goal."""

    found: Found
    # None where there is nothing to import.
    batch: Batch | None
    # Path of a main file -> why it is imported, or not.
    reasons: Mapping[str, str] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()
    is_redefined: bool = False
    # Main files that could not be brought; the others are imported, and the build fails.
    missing: tuple[tuple[RemoteFile, RunnerError], ...] = ()


class ChainedChanging(Exception):
    """A chained file changed while it was brought: the main files wait for it."""


def find_files(remote: Remote, goal: ImportGoal, readiness: Readiness | None = None) -> Found:
    """List the directories of a goal and match its sources (F1, F2, F3).

    With `readiness`, files that are not whole yet wait (F4); without, all are taken.
    """
    listings = {}
    for source in goal.files.values():
        directory = directory_of(source)
        if directory not in listings:
            listings[directory] = remote.list(directory)
    matched = {}
    for name, source in goal.files.items():
        files = listings[directory_of(source)].files
        ready = goal.ready_of(name)
        if readiness is None:
            matched[name] = match_files(files, source, ready)
        else:
            matched[name] = match_files(files, source, ready, readiness.waits(name, files))
    refused = [entry for listing in listings.values() for entry in listing.refused]
    return Found(matched, tuple(dict.fromkeys(refused)))


def reasons_of(
    goal: ImportGoal, name: str, found: Found, ledger: Ledger, is_redefined: bool
) -> dict[str, str]:
    """Return for each main file on the server why it would be imported; else SETTLED says why not.

    A file whose size or time changed is `changed` until its content is compared.
    """
    imported = ledger.main_files(name)
    reasons = {}
    for file in found.matched[goal.main].files:
        before = imported.get(file.path)
        if ledger.undone.keeps_out(name, file):
            reasons[file.path] = "undone"
        elif before is None:
            reasons[file.path] = "new"
        elif is_redefined:
            reasons[file.path] = "definition changed"
        elif before.is_unchanged(file):
            reasons[file.path] = "unchanged"
        else:
            reasons[file.path] = "changed"
    return reasons


class Arriving:
    """Brings the files of one import goal."""

    def __init__(
        self,
        goal: ImportGoal,
        name: str,
        staging: Staging,
        server: str,
        remote: Remote,
        ledger: Ledger,
        listener: Listener,
        decryptors: Mapping[str, Decryptor],
        allow_missing: bool = False,
    ) -> None:
        self.goal = goal
        self.name = name
        self.staging = staging
        self.server = server
        self.remote = remote
        self.ledger = ledger
        self.listener = listener
        self.decryptors = decryptors
        self.allow_missing = allow_missing
        self.warnings: list[str] = []
        self.missing: list[tuple[RemoteFile, RunnerError]] = []
        # What came in archives.
        self.contents: dict[RemoteFile, Blob] = {}

    def arrive(self, build_id: str, is_redefined: bool, connections: int) -> Arrival:
        """Find what is new, changed, or to be imported anew, and bring it here.

        A main file that the server refuses is told, and the others go on. Raises RemoteError
        where the place cannot be listed, or where no main file and a chained file not be
        brought; StageError where a file that is needed is not there.
        """
        found = self.find()
        changing = ""
        try:
            found = self.unpacked(found, connections)
        except ChainedChanging as error:
            changing = str(error)
        for name, reason in found.refused:
            self.warnings.append(f"refused the remote name {name}: {reason}")
        reasons = reasons_of(self.goal, self.name, found, self.ledger, is_redefined)
        why = changing or holding(dict(found.matched), self.goal.main)
        if why:
            # A join to half of the chained files could not be mended once a main file is done.
            return self._held(found, reasons, why, is_redefined)
        self.warnings += waiting_warnings(dict(found.matched))
        if self._chained_differ(found):
            reasons = {path: "chained file changed" if why == "unchanged" else why
                       for path, why in reasons.items()}  # fmt: skip
        chained: dict[str, tuple[Here, ...]] = {}
        main: list[Here] = []
        returning = self._returning(found)
        if any(why not in SETTLED for why in reasons.values()) or is_redefined or returning:
            try:
                chained = self._chained(found, connections)
            except ChainedChanging as changing:
                return self._held(found, reasons, str(changing), is_redefined)
            if not self._chained_changed(chained) and not is_redefined:
                reasons = {path: "unchanged" if why == "chained file changed" else why
                           for path, why in reasons.items()}  # fmt: skip
            main = self._gone(found) if is_redefined else []
            main += returning
            main += self._main(found, reasons, connections)
            if is_redefined:
                main += self._as_before(found, main)
        if self.missing and not main:
            raise self.missing[0][1]
        batch = Batch(build_id, {self.goal.main: tuple(main), **chained}) if main else None
        warnings, missing = tuple(self.warnings), tuple(self.missing)
        return Arrival(found, batch, reasons, warnings, is_redefined, missing)

    def find(self) -> Found:
        """Return the files on the server; those that are not whole yet wait (F4)."""
        sightings = Sightings(self.staging.directory / "waiting.json")
        readiness = Readiness(self.goal, self.name, self.server, self.ledger, sightings)
        return find_files(self.remote, self.goal, readiness)

    def unpacked(self, found: Found, connections: int) -> Found:
        """Return the files with those inside archives in the place of the archives (F7)."""
        matched, archives = dict(found.matched), dict(found.archives)
        refused = list(found.refused)
        for name, source in self.goal.files.items():
            if source.members is None:
                continue
            brought = self._bring(name, matched[name].files, connections)
            is_main = name == self.goal.main
            (self._miss_main if is_main else self._miss_chained)(name, brought)
            opened = unpack(matched[name], source.members, brought.blobs, self.staging)
            matched[name] = opened.matched
            archives |= opened.archives
            refused += opened.refused
            self.contents |= opened.contents
            self.warnings += opened.warnings
        return Found(matched, tuple(dict.fromkeys(refused)), archives)

    def _held(
        self, found: Found, reasons: Mapping[str, str], why: str, is_redefined: bool
    ) -> Arrival:
        """Return an arrival that imports nothing: a chained file is not whole yet."""
        main = self.goal.main
        known = [path for path, reason in reasons.items() if reason in SETTLED]
        matched = {**found.matched, main: held(found.matched[main], why, known)}
        self.warnings += waiting_warnings(matched)
        if is_redefined:
            self.warnings.append(f"the goal changed, and its files are imported again later: {why}")
        left = {path: reasons[path] for path in known}
        held_back = Found(matched, found.refused, found.archives)
        return Arrival(held_back, None, left, tuple(self.warnings))

    def _chained_differ(self, found: Found) -> bool:
        """Tell whether the chained files may have changed since the last import."""
        before = self.ledger.chained_files(self.name)
        if not self.ledger.main_files(self.name):
            return False
        for source in list(self.goal.files)[1:]:
            now = [(file.path, file.size, file.modified_at) for file in found.matched[source].files]
            then = [(file.path, file.size, file.modified_at) for file in before.get(source, [])]
            if now and now != then:
                return True
        return False

    def _chained_changed(self, chained: Mapping[str, tuple[Here, ...]]) -> bool:
        before = self.ledger.chained_files(self.name)
        return any(
            [blob.sha256 for _, blob in files] != [file.sha256 for file in before.get(source, [])]
            for source, files in chained.items()
        )

    def _bring(self, name: str, files: tuple[RemoteFile, ...], connections: int) -> Brought:
        inside = tuple((file, self.contents[file]) for file in files if file in self.contents)
        files = tuple(file for file in files if file not in self.contents)
        if not files:
            return Brought(inside, ())
        decryptor = self.decryptors.get(name)
        brought = self.staging.bring_all(
            self.server, self.remote, files, connections, self.listener, decryptor
        )
        for _, error in brought.failures:
            if isinstance(error, StillChanging):
                self.warnings.append(str(error))
        return brought

    def _chained(self, found: Found, connections: int) -> dict[str, tuple[Here, ...]]:
        chained: dict[str, tuple[Here, ...]] = {}
        before = self.ledger.chained_files(self.name)
        for name, source in list(self.goal.files.items())[1:]:
            brought = self._bring(name, found.matched[name].files, connections)
            self._miss_chained(name, brought)
            files = list(brought.blobs)
            if not files and not source.optional:
                files = self._staged(before.get(name, []))
                if not files:
                    raise StageError(
                        f"no file matches {source.pattern} for `{name}`",
                        self.goal.location("files", name, of_key=True),
                        hint="send the file, mend the pattern, or write `optional: true` at it",
                    )
                self.warnings.append(
                    f"no file matches {source.pattern}: `{name}` is joined as it was last imported"
                )
            chained[name] = tuple(files)
        return chained

    def _main(self, found: Found, reasons: dict[str, str], connections: int) -> list[Here]:
        wanted = [
            file
            for file in found.matched[self.goal.main].files
            if reasons[file.path] not in SETTLED
        ]
        imported = self.ledger.main_files(self.name)
        main: list[Here] = []
        brought = self._bring(self.goal.main, tuple(wanted), connections)
        self._miss_main(self.goal.main, brought)
        for file, blob in brought.blobs:
            before = imported.get(file.path)
            if self.ledger.undone.keeps_out(self.name, file, blob.sha256):
                reasons[file.path] = "undone"
            elif reasons[file.path] == "changed" and before and before.sha256 == blob.sha256:
                reasons[file.path] = "unchanged"
            else:
                main.append((file, blob))
        return main

    def _gone(self, found: Found) -> list[Here]:
        """Return the main files that are no longer on the server, from their staged copies."""
        here = {file.path for file in found.matched[self.goal.main].files}
        gone = [
            file for path, file in self.ledger.main_files(self.name).items() if path not in here
        ]
        return self._needed(gone)

    def _miss_chained(self, name: str, brought: Brought) -> None:
        """Raise what a chained file fails its goal with, or ChainedChanging."""
        for file, error in brought.failures:
            if isinstance(error, StillChanging):
                raise ChainedChanging(f"waits for {file.path} of `{name}`")
            raise error

    def _miss_main(self, _name: str, brought: Brought) -> None:
        """Keep and tell which main files did not come, by the other side's fault; raise ours."""
        for file, error in brought.failures:
            if isinstance(error, StillChanging):
                continue
            if not isinstance(error, RemoteError | NotDecrypted):
                raise error
            self.missing.append((file, error))
            self.warnings.append(
                f"{file.path} is not in this import, the files after it are: {error}"
            )

    def _as_before(self, found: Found, main: list[Here]) -> list[Here]:
        """Return files that changed and could not be brought, as they were last imported.

        A goal that changed takes back what it gave: without these it would be lost.
        """
        coming = {file.path for file, _ in main}
        imported = self.ledger.main_files(self.name)
        here = [file.path for file in found.matched[self.goal.main].files]
        left = [imported[path] for path in here if path not in coming and path in imported]
        return self._needed(left)

    def _returning(self, found: Found) -> list[Here]:
        """Return the files that a rollback took out and that are no longer on the server."""
        here = {file.path for file in found.matched[self.goal.main].files}
        undone = [file for file in self.ledger.undone.returning if file.goal == self.name]
        return self._staged([file for file in undone if file.path not in here])

    def _needed(self, files: list[ImportedFile]) -> list[Here]:
        """Return staged copies of files without which a changed goal would lose what they gave.

        Raises StageError where one is gone, unless the user allows for it.
        """
        missing = [file.path for file in files if not self.staging.has(file.sha256)]
        if missing and not self.allow_missing:
            more = f" and {len(missing) - 1} more" if len(missing) > 1 else ""
            raise StageError(
                f"{self.name}: its definition changed, and no staged copy is left of {missing[0]}"
                f"{more}: what came from there would be lost",
                self.goal.location("name"),
                hint="`runner ls --state` tells what changed: take it back, or go on without those"
                " files by `--allow-missing`",
            )
        return self._staged(files)

    def _staged(self, files: list[ImportedFile]) -> list[Here]:
        return staged_copies(self.staging, files, self.warnings)


def staged_copies(staging: Staging, files: list[ImportedFile], warnings: list[str]) -> list[Here]:
    """Return the staged content of files that were imported before."""
    copies: list[Here] = []
    for file in files:
        blob = staging.find(file.sha256)
        if blob is None:
            warning = f"{file.path} cannot be imported again: its staged copy is gone"
            if warning not in warnings:
                warnings.append(warning)
        else:
            copies.append((file.remote_file, blob))
    return copies


def tell_failure(listener: Listener, name: str, error: RunnerError) -> None:
    """Tell that a goal failed before it ran."""
    listener(Event("finished", name, str(error), status="error"))
