"""Files that are asked for together, brought by several threads."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from threading import Event as Flag
from typing import TYPE_CHECKING

from runner.errors import RunnerError, StageError
from runner.events import Event, Listener
from runner.pgp import Decode, Decryptor
from runner.remote import OnBytes, Remote, RemoteFile
from runner.stage.arrivals import Origin
from runner.stage.arriving import ArrivingFile
from runner.stage.blob import Blob

if TYPE_CHECKING:
    from runner.stage.staging import Staging

# A progress event is told each time this many bytes more have come.
STEP = 1024 * 1024

Receive = Callable[[ArrivingFile], None]
"""Writes all that a file holds."""


@dataclass(frozen=True)
class Brought:
    """What became of the files that were asked for; both in the order of the request."""

    blobs: tuple[tuple[RemoteFile, Blob], ...]
    # A StillChanging is a warning; anything else fails what needs the file.
    failures: tuple[tuple[RemoteFile, RunnerError], ...]


@dataclass(frozen=True)
class Errand:
    """Brings files of one server; `server`, `listener` and `decryptor` are those of `bring_all`."""

    staging: "Staging"
    server: str
    remote: Remote
    listener: Listener
    decryptor: Decryptor | None
    _outcomes: dict[RemoteFile, Blob | RunnerError] = field(default_factory=dict)
    _stop: Flag = field(default_factory=Flag)

    def begin(self, files: Iterable[RemoteFile]) -> list[tuple[RemoteFile, ...]]:
        """Return the files that are not known yet, grouped as the server likes them fetched."""
        unknown = []
        for file in files:
            known = self.staging.known(self.server, file, self.decryptor)
            if known:
                self._outcomes[file] = known
            else:
                unknown.append(file)
        return list(self.remote.handfuls(unknown))

    def bring(self, files: tuple[RemoteFile, ...], decode: Decode | None) -> None:
        """Bring one group of files; what fails is an outcome of its file."""
        is_handful = len(files) > 1 and not self._stop.is_set()
        contents = self.remote.fetch_handful(files) if is_handful else {}
        for file in files:
            try:
                self._outcomes[file] = self._blob(file, contents.pop(file, None), decode)
            except RunnerError as error:
                self._outcomes[file] = error

    def stop(self) -> None:
        """End what is under way, soon."""
        self._stop.set()

    def brought(self, files: Sequence[RemoteFile]) -> Brought:
        """Return what became of the files."""
        told = [(file, self._outcomes[file]) for file in files]
        return Brought(
            tuple((file, blob) for file, blob in told if isinstance(blob, Blob)),
            tuple((file, error) for file, error in told if isinstance(error, RunnerError)),
        )

    def _blob(self, file: RemoteFile, content: bytes | None, decode: Decode | None) -> Blob:
        on_bytes = _progress(file, self.listener, self._stop)
        if content is None:
            return self.staging.bring(
                self.server, self.remote, file, on_bytes, self.decryptor, decode
            )

        def receive(target: ArrivingFile) -> None:
            target.write(content)
            on_bytes(len(content))

        return self.staging.keep(Origin.of(self.server, file, self.decryptor), receive, decode)


def _progress(file: RemoteFile, listener: Listener, stop: Flag) -> OnBytes:
    """Return a listener to bytes that tells progress events, and ends a download on `stop`."""
    done = told = 0

    def on_bytes(count: int) -> None:
        nonlocal done, told
        if stop.is_set():
            raise StageError(f"{file.path}: the download was stopped")
        done += count
        if count < 0 or done - told >= STEP or done >= file.size:
            told = done
            listener(
                Event(
                    "progress",
                    file.path,
                    done=done,
                    total=file.size,
                    unit="bytes",
                    fields={"file": file.path},
                )
            )

    return on_bytes
