"""Files of one server, downloaded to the staging directory (F4, F5)."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from threading import Event as Flag

from runner.errors import RemoteError, RunnerError, StageError, TransientRemoteError
from runner.events import Event, Listener, ignore
from runner.pgp import Decode, Decryptor
from runner.remote import OnBytes, Remote, RemoteFile
from runner.stage.blob import Blob
from runner.stage.fetched_file import FetchedFile
from runner.stage.hashing_writer import HashingWriter
from runner.stage.staging import Staging

# A progress event is sent each time this many bytes more have come.
STEP = 1024 * 1024


class StillChanging(StageError):
    """A file changed while it was downloaded: it is left for the next build, with a warning."""


@dataclass(frozen=True)
class Downloads:
    """What became of the files of a batch; both in the order of the batch."""

    files: tuple[FetchedFile, ...]
    # A StillChanging is a warning; anything else fails what needs the file.
    failures: tuple[tuple[RemoteFile, RunnerError], ...] = ()


@dataclass(frozen=True)
class DownloadBatch:
    """Files of one server that are downloaded together, unless their content is known.

    Several come at a time, small ones in one request, encrypted ones decrypted on arrival. A
    batch is fetched once.
    """

    staging: Staging
    # Which server the paths are on: the connection, with its address where targets differ.
    server: str
    remote: Remote
    files: Sequence[RemoteFile]
    # How many are downloaded at a time.
    connections: int = 4
    # Called from several threads with `progress` events in bytes, named by the file's path.
    listener: Listener = ignore
    decryptor: Decryptor | None = None
    _outcomes: dict[RemoteFile, Blob | RunnerError] = field(default_factory=dict, init=False)
    _stop: Flag = field(default_factory=Flag, init=False)

    def fetch(self) -> Downloads:
        """Download all files; one that fails does not stop the others.

        Raises PgpError where the keys of the decryptor cannot be used.
        """
        self.staging.sweep()
        groups = list(self.remote.batches(self._unknown()))
        with (
            _opened(self.decryptor if groups else None) as decode,
            ThreadPoolExecutor(max(1, self.connections), "stage") as pool,
        ):
            try:
                list(pool.map(self._fetch, groups, [decode] * len(groups)))
            except BaseException:
                self._stop.set()
                pool.shutdown(wait=False, cancel_futures=True)
                raise
        return self._downloads()

    def _unknown(self) -> list[RemoteFile]:
        unknown = []
        for file in self.files:
            known = self.staging.known(self.server, file, self.decryptor)
            if known and file.is_comparable:
                self._outcomes[file] = known
            else:
                unknown.append(file)
        return unknown

    def _fetch(self, files: tuple[RemoteFile, ...], decode: Decode | None) -> None:
        """Fetch one group of files; what fails is an outcome of its file."""
        is_together = len(files) > 1 and not self._stop.is_set()
        contents = self.remote.fetch_batch(files) if is_together else {}
        for file in files:
            try:
                self._outcomes[file] = self._blob(file, contents.pop(file, None), decode)
            except RunnerError as error:
                self._outcomes[file] = error

    def _blob(self, file: RemoteFile, content: bytes | None, decode: Decode | None) -> Blob:
        on_bytes = _progress(file, self.listener, self._stop)

        def receive(target: HashingWriter) -> None:
            if content is None:
                _receive(self.remote, file, target, on_bytes)
            else:
                target.write(content)
                on_bytes(len(content))

        return self.staging.keep(self.server, file, receive, self.decryptor, decode)

    def _downloads(self) -> Downloads:
        outcomes = [(file, self._outcomes[file]) for file in self.files]
        return Downloads(
            tuple(FetchedFile(file, blob) for file, blob in outcomes if isinstance(blob, Blob)),
            tuple((file, error) for file, error in outcomes if isinstance(error, RunnerError)),
        )


def _opened(decryptor: Decryptor | None) -> AbstractContextManager[Decode | None]:
    return decryptor.open() if decryptor else nullcontext()


def _receive(remote: Remote, file: RemoteFile, target: HashingWriter, on_bytes: OnBytes) -> None:
    """Fetch one file; raises StillChanging where it is no longer as it was listed."""
    try:
        remote.fetch(file.path, target, on_bytes)
    except TransientRemoteError:
        raise
    except RemoteError as error:
        if remote.stat(file.path) is None:
            raise _gone(file) from error
        raise
    _check_unchanged(remote, file, target.received)


def _progress(file: RemoteFile, listener: Listener, stop: Flag) -> OnBytes:
    """Return a listener to bytes that sends progress events, and ends a download on `stop`."""
    done = shown = 0

    def on_bytes(count: int) -> None:
        nonlocal done, shown
        if stop.is_set():
            raise StageError(f"{file.path}: the download was stopped")
        done += count
        if count < 0 or done - shown >= STEP or done >= file.size:
            shown = done
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


def _gone(file: RemoteFile) -> StillChanging:
    return StillChanging(f"{file.path}: is gone from the server since it was listed")


def _check_unchanged(remote: Remote, file: RemoteFile, received: int) -> None:
    after = remote.stat(file.path)
    if after is None:
        raise _gone(file)
    is_whole = received == file.size or not file.has_size
    if (after.size, after.modified_at) != (file.size, file.modified_at) or not is_whole:
        raise StillChanging(
            f"{file.path}: changed while it was downloaded ({file.size} bytes of "
            f"{file.modified_at:%Y-%m-%d %H:%M:%S} when listed, {after.size} bytes of "
            f"{after.modified_at:%Y-%m-%d %H:%M:%S} after, {received} bytes received)",
            hint="left for the next build; ask the sender to upload under another name, "
            "such as `.part`, and to rename",
        )
