"""The written files of an export, sent to the partner's server (X2)."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass

from runner.compile.export_models import ExportModels
from runner.errors import RemoteError
from runner.events import Event, Listener
from runner.exports.files import TRIGGER_START, WrittenFile, encoding_of
from runner.publish.encode import EncodedFile, encoded_text
from runner.publish.foreign import refuse_foreign
from runner.publish.sent import Sent
from runner.publish.upload import part_path, remote_path, send_file
from runner.remote import Remote
from runner.result import ExportedFile


@dataclass(frozen=True)
class Sender:
    """Sends the files of one export goal in one build."""

    models: ExportModels
    remote: Remote
    sent: Sent
    build_id: str
    listener: Listener
    # Encrypted files have no beginning by which they could be recognized as ours.
    is_encrypted: bool

    def prepare(self, files: Sequence[WrittenFile]) -> None:
        """Remove what a killed build left on the server; raise RemoteError at a foreign file."""
        self._remove_parts()
        for file in files:
            self._refuse_foreign(file)

    def send(self, file: WrittenFile) -> ExportedFile:
        """Send a file, then its trigger. Raises RemoteError."""
        stale = self._path(file.trigger) if file.trigger else ""
        path = self._publish(file.encoded, stale)
        if file.trigger is not None:
            self._publish(file.trigger)
        return ExportedFile(path, file.rows, file.encoded.size, file.encoded.sha256)

    def _remove_parts(self) -> None:
        """Remove the parts that a killed build left on the server (B3)."""
        for part in self.sent.unfinished():
            # An account that may only write cannot remove them: files are sent all the same.
            with suppress(RemoteError):
                if self.remote.stat(part) is not None:
                    self.remote.remove(part)
        self.sent.end()

    def _refuse_foreign(self, file: WrittenFile) -> None:
        models = self.models
        is_headed = models.goal.format.header and not self.is_encrypted
        header = encoded_text(f"{file.header}\n", encoding_of(models)) if is_headed else b""
        refuse_foreign(self.remote, self.sent, self._path(file.encoded), header)
        if file.trigger is not None:
            refuse_foreign(self.remote, self.sent, self._path(file.trigger), TRIGGER_START)

    def _path(self, file: EncodedFile) -> str:
        return remote_path(self.models.goal.directory, file.path.name)

    def _publish(self, file: EncodedFile, stale: str = "") -> str:
        path, goal = self._path(file), self.models.name
        done = 0

        def on_bytes(count: int) -> None:
            nonlocal done
            done += count
            fields = {"goal": goal, "file": path}
            self.listener(Event("progress", goal, "sending", done, file.size, "bytes", "", fields))

        self.sent.record_path(path)
        self.sent.begin(part_path(path, self.build_id))
        directory, name = self.models.goal.directory, file.path.name
        return send_file(self.remote, file.path, directory, name, self.build_id, on_bytes, stale)
