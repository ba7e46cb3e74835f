"""Buckets, FTP servers and whatever else fsspec knows."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO, Self

import fsspec
from fsspec.registry import known_implementations

from runner.errors import RefusedPathError, RemoteError, TransientRemoteError, nearest
from runner.file_mode import FILE_MODE
from runner.remote.connection import OnBytes
from runner.remote.counter import Counter
from runner.remote.file import Listing, RemoteFile, listed_file, server_time
from runner.remote.name import name_fault, printable, shown
from runner.remote.path import MISSING, inner_path, joined
from runner.remote.retry import persist
from runner.remote.settings import RemoteSettings

BLOCK = 4 * 1024 * 1024
# The names under which filesystems give the time of a file, the most reliable first.
TIMES = ("mtime", "LastModified", "last_modified", "updated", "modified", "modify", "created")
# Places without directories: one that holds nothing does not exist, which may be no mistake.
BUCKETS = frozenset({"s3", "s3a", "gs", "gcs", "az", "abfs", "abfss", "oci", "oss", "tos", "r2"})
SSH_PORT = 22


class FilesystemRemote:
    """A place behind an fsspec protocol; see `Remote` for what each method does.

    `options` go to the filesystem as they are; `host`, `port` (other than 22), `username` and
    `password` too, where they are given.
    """

    def __init__(self, settings: RemoteSettings) -> None:
        self._settings = settings
        self._filesystem = _opened(settings)
        root = str(self._filesystem._strip_protocol(settings.path or ""))
        self._root = root.rstrip("/")

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
        """Forget what was listed; fsspec ends its own connections."""
        self._filesystem.invalidate_cache()

    def list(self, directory: str) -> Listing:
        """Return the files of a directory, or of the keys that begin with it and a slash."""
        inner = inner_path(directory, self._settings)
        full = self._full(inner)

        def action(_attempt: int) -> Listing:
            with self._explained(f"list '{inner or '.'}'"):
                self._filesystem.invalidate_cache()
                try:
                    entries = list(self._filesystem.ls(full, detail=True))
                except FileNotFoundError:
                    if self._settings.kind not in BUCKETS:
                        raise
                    return Listing(missing=self._missing(inner, full))
                return _listing(entries, inner, full)

        return persist(action, self._settings)

    def _missing(self, inner: str, full: str) -> str:
        """Return that nothing is at a path of a bucket; empty where the whole bucket is empty.

        Raises RemoteError where there is no such bucket.
        """
        bucket, *below = full.strip("/").split("/")
        try:
            names = self._names(bucket)
        except FileNotFoundError:
            raise RemoteError(f"there is no bucket '{printable(bucket)}'") from None
        except PermissionError:
            # Who may see only a part of it cannot tell an empty place from a wrong name.
            return ""
        if not names:
            return ""
        near = self._nearest(bucket, names, below)
        label, kind = self._settings.label, self._settings.kind
        return f"{label}: cannot list '{inner or '.'}' on {kind}: {MISSING}.{near}"

    def _nearest(self, folder: str, names: Sequence[str], below: Sequence[str]) -> str:
        """Return the nearest name to the first part of a path that is not there."""
        for part in below:
            if part not in names:
                return nearest(part, map(printable, names))
            folder = f"{folder}/{part}"
            try:
                names = self._names(folder)
            except (FileNotFoundError, PermissionError):
                return ""
        return ""

    def _names(self, folder: str) -> tuple[str, ...]:
        """Return what is below a bucket, or a place in it."""
        entries = self._filesystem.ls(folder, detail=False)
        return tuple(str(name).rstrip("/").rpartition("/")[2] for name in entries)

    def stat(self, path: str) -> RemoteFile | None:
        """Return a file as the filesystem describes it."""
        inner = inner_path(path, self._settings)

        def action(_attempt: int) -> RemoteFile | None:
            with self._explained(f"look at '{inner}'"):
                self._filesystem.invalidate_cache()
                try:
                    found = _taken(inner, self._filesystem.info(self._full(inner)))
                except FileNotFoundError:
                    return None
                if isinstance(found, str):
                    raise RefusedPathError(found)
                return found

        return persist(action, self._settings)

    def is_directory(self, path: str) -> bool:
        """Whether a path is a directory, where the filesystem has such."""
        inner = inner_path(path, self._settings)
        if self._settings.kind in BUCKETS:
            return False
        with self._explained(f"look at '{inner}'"):
            return bool(self._filesystem.isdir(self._full(inner)))

    def fetch(self, path: str, target: BinaryIO, on_bytes: OnBytes) -> None:
        """Write a file to `target`; a broken transfer begins again."""
        inner = inner_path(path, self._settings)
        start = target.tell()
        counter = Counter(on_bytes, self._settings.transfer_timeout)

        def action(_attempt: int) -> None:
            counter.reset()
            target.seek(start)
            target.truncate(start)
            with self._explained(f"fetch '{inner}'"):
                size = self._filesystem.size(self._full(inner))
                with self._filesystem.open(self._full(inner), "rb") as source:
                    copied = _copy(source, target, counter)
                if size is not None and copied != size:
                    raise TransientRemoteError(f"it ends after {copied} of its {size} bytes")

        persist(action, self._settings)

    def batches(self, files: Iterable[RemoteFile]) -> Iterable[tuple[RemoteFile, ...]]:
        """Give each file by itself."""
        return ((file,) for file in files)

    def fetch_batch(self, _files: Sequence[RemoteFile], /) -> dict[RemoteFile, bytes]:
        """Return nothing: files are fetched one by one."""
        return {}

    def send(self, source: Path, path: str, on_bytes: OnBytes) -> None:
        """Write a local file to `path`, then compare the size (X2)."""
        inner = inner_path(path, self._settings)
        counter = Counter(on_bytes, self._settings.transfer_timeout)

        def action(_attempt: int) -> None:
            counter.reset()
            with self._explained(f"send '{inner}'"):
                with (
                    source.open("rb") as stream,
                    self._filesystem.open(self._full(inner), "wb") as target,
                ):
                    sent = _copy(stream, target, counter)
                if self._settings.kind == "file":
                    FILE_MODE.share(Path(self._full(inner)))
                self._filesystem.invalidate_cache()
                kept = self._filesystem.size(self._full(inner))
                if kept is not None and kept != sent:
                    raise TransientRemoteError(f"{kept} of {sent} bytes were kept")

        persist(action, self._settings)

    def rename(self, old: str, new: str) -> None:
        """Rename a file, in a bucket by a copy; another of that name is replaced."""
        source, target = (inner_path(path, self._settings) for path in (old, new))
        with self._explained(f"rename '{source}' to '{target}'"):
            self._filesystem.mv(self._full(source), self._full(target))

    def remove(self, path: str) -> None:
        """Remove a file."""
        inner = inner_path(path, self._settings)
        with self._explained(f"remove '{inner}'"):
            self._filesystem.rm_file(self._full(inner))

    def make_directory(self, path: str) -> None:
        """Create a directory, where the filesystem has such."""
        inner = inner_path(path, self._settings)
        if self._settings.kind in BUCKETS:
            return
        with self._explained(f"make the directory '{inner}'"):
            if self._settings.kind == "file":
                FILE_MODE.make_shared(Path(self._full(inner)))
            self._filesystem.makedirs(self._full(inner), exist_ok=True)

    def _full(self, inner: str) -> str:
        return joined(self._root, inner) if inner else self._root

    def _explained(self, doing: str) -> "_Explained":
        return _Explained(self._settings, doing)


class _Explained:
    """Turns what a filesystem raises into a RemoteError.

    The backends raise the errors of their own libraries, which no list can name: so this one
    place takes every Exception.
    """

    def __init__(self, settings: RemoteSettings, doing: str) -> None:
        self._settings = settings
        self._doing = doing

    def __enter__(self) -> None: ...

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if not isinstance(error, Exception):
            return
        start = f"{self._settings.label}: cannot {self._doing} on {self._settings.kind}"
        passing = isinstance(error, (TransientRemoteError, TimeoutError, ConnectionError))
        raise (TransientRemoteError if passing else RemoteError)(
            f"{start}: {_words(error)}"
        ) from error


def _words(error: Exception) -> str:
    if isinstance(error, RemoteError):
        return error.message
    if isinstance(error, FileNotFoundError):
        return MISSING
    if isinstance(error, PermissionError):
        return "permission denied"
    return f"{type(error).__name__}: {printable(str(error))}"


def _opened(settings: RemoteSettings) -> Any:
    """Return the filesystem of a protocol, connected with what the settings give."""
    maker = _maker(settings)
    given: dict[str, Any] = {
        "host": settings.host,
        "port": 0 if settings.port == SSH_PORT else settings.port,
        "username": settings.username,
        "password": settings.password,
    }
    options = {name: value for name, value in given.items() if value} | dict(settings.options)
    with _Explained(settings, "connect"):
        return maker(**options, skip_instance_cache=True)


def _maker(settings: RemoteSettings) -> Any:
    """Return the class of a protocol; RemoteError when there is none, or its package is missing."""
    kind = settings.kind
    try:
        return fsspec.get_filesystem_class(kind)
    except ValueError as error:
        raise RemoteError(
            f"{settings.label}: '{kind}' is no type of connection."
            f"{nearest(kind, ('sftp', 'local', *fsspec.available_protocols()))}",
            hint="use sftp, local, or a protocol of fsspec such as s3, gs, az or ftp",
        ) from error
    except ImportError as error:
        raise RemoteError(
            f"{settings.label}: connections of type {kind} need a package that is not installed",
            hint=_how_to_install(kind),
        ) from error


def _how_to_install(kind: str) -> str:
    known = known_implementations.get(kind, {})
    package = str(known.get("class", "")).partition(".")[0]
    if package and package != "fsspec":
        return f"pip install {package}"
    return f"{known.get('err', 'see the documentation of fsspec')} (with pip install)"


def _listing(entries: list[dict[str, Any]], directory: str, full: str) -> Listing:
    files: list[RemoteFile] = []
    refused: list[tuple[str, str]] = []
    for entry in sorted(entries, key=lambda entry: str(entry["name"])):
        whole = str(entry["name"]).removeprefix("/").rstrip("/")
        base = full.removeprefix("/")
        name = whole.removeprefix(base + "/") if base else whole
        # A bucket lists the empty key that stands for the directory itself.
        if entry.get("type") == "directory" or whole == base:
            continue
        found = name_fault(name) or _taken(joined(directory, name), entry)
        if isinstance(found, RemoteFile):
            files.append(found)
        elif found:
            refused.append((shown(name), found))
    return Listing(tuple(files), tuple(refused))


def _taken(path: str, entry: dict[str, Any]) -> RemoteFile | str | None:
    """Return an entry as a file, None when it is a directory, or why it is refused."""
    if entry.get("type") == "directory":
        return None
    size = entry.get("size")
    modified_at = next((moment for name in TIMES if (moment := _moment(entry.get(name)))), None)
    return listed_file(path, size, modified_at)


def _moment(value: object) -> datetime | None:
    """Return a time given in any form, in UTC where it has no zone; None when it is not a time."""
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, (int, float)):
        try:
            return server_time(value)
        except (ValueError, OverflowError, OSError):
            return None
    if isinstance(value, str):
        # FTP gives 20231114221320, with or without a fraction (RFC 3659, 2.3).
        is_ftp = value[:14].isdecimal() and len(value) >= 14
        try:
            text = f"{value[:8]}T{value[8:14]}" if is_ftp else value
            value = datetime.fromisoformat(text)
        except ValueError:
            return None
    if not isinstance(value, datetime):
        return None
    aware = value if value.tzinfo else value.replace(tzinfo=UTC)
    return aware.astimezone(UTC).replace(microsecond=0)


def _copy(source: BinaryIO, target: BinaryIO, counter: Counter) -> int:
    copied = 0
    while block := source.read(BLOCK):
        target.write(block)
        copied += len(block)
        counter.add(len(block))
    return copied
