"""The written files of an export, sent to the partner's server (X2, X7)."""

from collections.abc import Collection, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from runner.compile.export_models import ExportModels
from runner.compile.file_name import name_pattern
from runner.errors import RemoteError
from runner.events import Event, Listener
from runner.exports.earlier_files import earlier_files, remove_earlier
from runner.exports.files import WrittenFile
from runner.publish.encode import EncodedFile
from runner.publish.foreign import Ownership
from runner.publish.orphans import orphans
from runner.publish.sent import Sent
from runner.publish.sent_files import SentFile
from runner.publish.upload import part_path, remote_path, remove_part, send_part
from runner.remote import Remote
from runner.result import ExportedFile


@dataclass(frozen=True)
class Delivery:
    """What became of the files of an export."""

    exported: tuple[ExportedFile, ...]
    # Files of earlier builds that were removed, triggers not counted.
    removed: int
    warnings: tuple[str, ...]


@dataclass(frozen=True)
class Sender:
    """Sends the files of one export goal in one build."""

    models: ExportModels
    remote: Remote
    sent: Sent
    build_id: str
    listener: Listener
    # Whether files that others wrote are replaced.
    replace_files: bool = False

    def prepare(self, files: Sequence[WrittenFile]) -> None:
        """Remove what killed builds left on the server; raise ExecutionError at a foreign file."""
        self._remove_parts()
        if self.replace_files:
            return
        ownership = Ownership(self.remote, self.sent.files)
        for _, file in self._outgoing(files):
            ownership.refuse_foreign(file)

    def send(self, files: Sequence[WrittenFile], stamps: Collection[str]) -> Delivery:
        """Send all files, and then let them take the place of those of earlier builds.

        Triggers are removed first and placed last. Earlier files that this build did not make
        are removed where their names have one of these `stamps`. Raises RemoteError; until all
        files are on the server, those of earlier builds are left as they were.
        """
        outgoing = self._outgoing(files)
        triggers = [file for _, file in outgoing if file.is_trigger]
        ownership = Ownership(self.remote, self.sent.files)
        made = {file.path for _, file in outgoing}
        earlier = earlier_files(self.sent.files.all(), made, stamps)
        with ExitStack() as on_failure:
            self._upload(outgoing, on_failure)
            for trigger in triggers:
                if self.remote.stat(trigger.path) is not None:
                    self.remote.remove(trigger.path)
            warnings = [remove_earlier(ownership, file) for file in earlier if file.is_trigger]
            placed = [self._place(file) for _, file in outgoing if not file.is_trigger]
            gone = [file for file in earlier if not file.is_trigger]
            left = [remove_earlier(ownership, file) for file in gone]
            placed += map(self._place, triggers)
            on_failure.pop_all()
        self.sent.files.add(placed)
        self.sent.files.tidy()
        self.sent.end()
        exported = tuple(
            ExportedFile(
                self._path(file.encoded), file.rows, file.encoded.size, file.encoded.sha256
            )
            for file in files
        )
        return Delivery(exported, left.count(""), tuple(filter(None, [*warnings, *left])))

    def _remove_parts(self) -> None:
        """Remove the temporary files that killed builds left, by record and by name (B3)."""
        parts = set(self.sent.unfinished())
        names, now = name_pattern(self.models.goal), datetime.now(UTC)
        # An account that may only write can neither list nor remove: it sends all the same.
        with suppress(RemoteError):
            listed = self.remote.list(self.models.goal.directory.strip("/")).files
            parts |= {file.path for file in orphans(listed, names, self.build_id, now)}
        for part in sorted(parts):
            with suppress(RemoteError):
                if self.remote.stat(part) is not None:
                    self.remote.remove(part)
        self.sent.end()

    def _outgoing(self, files: Sequence[WrittenFile]) -> list[tuple[EncodedFile, SentFile]]:
        """Return the files and their triggers, each with what is recorded of it."""
        return [
            (
                local,
                SentFile(
                    self._path(local),
                    local.size,
                    local.sha256,
                    build_id=self.build_id,
                    stamp=file.stamp,
                    is_trigger=local is file.trigger,
                ),
            )
            for file in files
            for local in (file.encoded, file.trigger)
            if local is not None
        ]

    def _path(self, file: EncodedFile) -> str:
        return remote_path(self.models.goal.directory, file.path.name)

    def _part(self, file: SentFile) -> str:
        return part_path(file.path, self.build_id)

    def _upload(
        self, outgoing: Sequence[tuple[EncodedFile, SentFile]], on_failure: ExitStack
    ) -> None:
        """Send files under temporary names, recorded before."""
        self.sent.files.add(file for _, file in outgoing)
        self.sent.begin(self._part(file) for _, file in outgoing)
        for local, file in outgoing:
            on_failure.callback(remove_part, self.remote, self._part(file))
            on_bytes = _Progress(self.listener, self.models.name, file).add
            send_part(self.remote, local.path, self._part(file), on_bytes)

    def _place(self, file: SentFile) -> SentFile:
        """Rename a file over the old one; return it with the time that the server gives it."""
        self.remote.rename(self._part(file), file.path)
        found = None
        with suppress(RemoteError):
            found = self.remote.stat(file.path)
        return replace(file, modified_at=found.modified_at if found else None)


@dataclass
class _Progress:
    """Reports the bytes of a file that are sent."""

    listener: Listener
    goal: str
    file: SentFile
    done: int = 0

    def add(self, count: int) -> None:
        self.done += count
        fields = {"goal": self.goal, "file": self.file.path}
        size = self.file.size
        self.listener(Event("progress", self.goal, "sending", self.done, size, "bytes", "", fields))
