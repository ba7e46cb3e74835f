"""SFTP servers."""

import errno
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self, TypeVar

from paramiko import SSHException

from runner.errors import RemoteError, TransientRemoteError
from runner.remote.connection import OnBytes
from runner.remote.counter import Counter
from runner.remote.failure import FAILURES, explain
from runner.remote.file import Listing, RemoteFile
from runner.remote.name import printable
from runner.remote.pins import read_pins
from runner.remote.pool import Pool
from runner.remote.private_key import load_private_key
from runner.remote.retry import persist
from runner.remote.root import Root
from runner.remote.session import Session, open_session
from runner.remote.settings import RemoteSettings
from runner.remote.sftp_files import SftpFiles
from runner.remote.small_files import batches, fetch_batch
from runner.remote.transfer import LARGE, SMALL, download, upload

Outcome = TypeVar("Outcome")


class SftpRemote:
    """An SFTP server, by paramiko; see `Remote` for what each method does.

    The host key is checked against the pins before anything about the user is sent. Transient
    failures are tried again on a new connection; refusals are not.
    """

    def __init__(self, settings: RemoteSettings) -> None:
        pins, key = read_pins(settings), load_private_key(settings)
        self._settings = settings
        self._root = Root(settings)
        self._pool = Pool(settings, lambda: open_session(settings, pins, key))
        self._request_size = LARGE
        # Connect now, so that a wrong setting shows before any work is done.
        self._run("log in", lambda _session, _attempt: None)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """End all connections."""
        self._pool.close()

    def list(self, directory: str) -> Listing:
        """Return the files of a directory; one request for about a hundred entries."""
        inner = self._root.inner(directory)
        return self._run(
            f"list '{inner or '.'}'",
            lambda session, _: SftpFiles(session.client, self._root).listing(inner),
        )

    def stat(self, path: str) -> RemoteFile | None:
        """Return a file as the server describes it, through a link that stays in the root."""
        inner = self._root.inner(path)
        return self._run(
            f"look at '{inner}'",
            lambda session, _: SftpFiles(session.client, self._root).file(inner),
        )

    def is_directory(self, path: str) -> bool:
        """Whether a path is a directory."""
        inner = self._root.inner(path)
        return self._run(
            f"look at '{inner}'",
            lambda session, _: SftpFiles(session.client, self._root).is_directory(inner),
        )

    def fetch(self, path: str, target: BinaryIO, on_bytes: OnBytes) -> None:
        """Write a file to `target`; a broken transfer begins again on a new connection."""
        inner = self._root.inner(path)
        start = target.tell()
        counter = Counter(on_bytes, self._settings.transfer_timeout)

        def action(session: Session, request_size: int) -> None:
            counter.reset()
            target.seek(start)
            target.truncate(start)
            download(session.client, self._root.full(inner), target, counter.add, request_size)

        self._transfer(f"fetch '{inner}'", action)

    def batches(self, files: Iterable[RemoteFile]) -> Iterable[tuple[RemoteFile, ...]]:
        """Group small files: each by itself would take as long as several together."""
        return batches(files)

    def fetch_batch(self, files: Sequence[RemoteFile], /) -> dict[RemoteFile, bytes]:
        """Return what came complete; nothing is tried again, and failures are not reported."""
        try:
            with self._pool.lend() as session:
                try:
                    return fetch_batch(session.client, self._root, files)
                except BaseException:
                    session.close()
                    raise
        except (*FAILURES, RemoteError):
            return {}

    def send(self, source: Path, path: str, on_bytes: OnBytes) -> None:
        """Write a local file to `path`, then compare the size (X2)."""
        inner = self._root.inner(path)
        counter = Counter(on_bytes, self._settings.transfer_timeout)
        try:
            stream = source.open("rb")
        except OSError as error:
            raise RemoteError(
                f"{self._settings.label}: cannot read {source}: {error.strerror}"
            ) from error

        def action(session: Session, request_size: int) -> None:
            counter.reset()
            stream.seek(0)
            upload(session.client, stream, self._root.full(inner), counter.add, request_size)

        with stream:
            self._transfer(f"send '{inner}'", action)

    def rename(self, old: str, new: str) -> None:
        """Rename a file, over another where there is one."""
        old_inner, new_inner = self._root.inner(old), self._root.inner(new)
        old_full, new_full = self._root.full(old_inner), self._root.full(new_inner)

        def action(session: Session, attempt: int) -> None:
            # After a lost answer the rename may be done already.
            if attempt and not session.client.exists(old_full) and session.client.exists(new_full):
                return
            session.client.replace(old_full, new_full)

        self._run(f"rename '{old_inner}' to '{new_inner}'", action)

    def remove(self, path: str) -> None:
        """Remove a file."""
        inner = self._root.inner(path)
        full = self._root.full(inner)

        def action(session: Session, attempt: int) -> None:
            # After a lost answer the file may be gone already.
            if not attempt or session.client.exists(full):
                session.client.remove(full)

        self._run(f"remove '{inner}'", action)

    def make_directory(self, path: str) -> None:
        """Create a directory and those above it, as far as they are missing."""
        inner = self._root.inner(path)

        def action(session: Session, _attempt: int) -> None:
            missing = []
            above = inner
            while above.strip("/") and not session.client.exists(self._root.full(above)):
                missing.append(above)
                above = above.rpartition("/")[0]
            for directory in reversed(missing):
                session.client.mkdir(self._root.full(directory))

        self._run(f"make the directory '{inner}'", action)

    def _run(self, doing: str, action: Callable[[Session, int], Outcome]) -> Outcome:
        """Do something with a session and the number of the attempt, as often as it takes."""

        def attempt_it(attempt: int) -> Outcome:
            with self._pool.lend() as session:
                try:
                    return action(session, attempt)
                except (*FAILURES, RemoteError) as error:
                    failure = explain(error, doing, self._settings)
                    if isinstance(failure, TransientRemoteError):
                        session.close()
                    raise failure from error

        return persist(attempt_it, self._settings)

    def _transfer(self, doing: str, action: Callable[[Session, int], None]) -> None:
        """Move a file with large requests; after a failure with those that every server takes."""

        def attempt_it(session: Session, _attempt: int) -> None:
            request_size = self._request_size
            try:
                action(session, request_size)
            except (FileNotFoundError, PermissionError):
                raise
            except OSError as error:
                self._request_size = SMALL
                if error.errno in (errno.EIO, errno.EBADMSG) and request_size > SMALL:
                    raise TransientRemoteError(printable(error.strerror or "")) from error
                raise
            except (EOFError, SSHException):
                self._request_size = SMALL
                raise

        self._run(doing, attempt_it)
