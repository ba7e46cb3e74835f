"""A file is sent under a temporary name, so that a reader never sees half of it (X2)."""

from contextlib import ExitStack, suppress
from pathlib import Path

from runner.errors import RemoteError
from runner.remote import OnBytes, Remote


def remote_path(directory: str, name: str) -> str:
    """Return the path of a file in a directory, the root where that is empty."""
    folder = directory.strip("/")
    return f"{folder}/{name}" if folder else name


def part_path(path: str, build_id: str) -> str:
    """Return where a file is sent to before it gets its name."""
    return f"{path}.{build_id}.part"


def send_part(remote: Remote, local: Path, part: str, on_bytes: OnBytes) -> None:
    """Send a local file to its temporary path, and compare the sizes.

    Raises RemoteError; what was sent is then removed.
    """
    folder = part.rpartition("/")[0]
    if folder:
        remote.make_directory(folder)
    with ExitStack() as on_failure:
        on_failure.callback(remove_part, remote, part)
        remote.send(local, part, on_bytes)
        _check_size(remote, part, local.stat().st_size)
        on_failure.pop_all()


def remove_part(remote: Remote, part: str) -> None:
    """Remove a temporary file after a failure, as far as the connection still works."""
    with suppress(RemoteError):
        remote.remove(part)


def _check_size(remote: Remote, part: str, size: int) -> None:
    kept = remote.stat(part)
    if kept is None or (kept.has_size and kept.size != size):
        found = "nothing" if kept is None else f"{kept.size} bytes"
        raise RemoteError(
            f"'{part}' was sent with {size} bytes, and the server has {found}",
            hint="look whether its disk is full; the file that was there is as it was",
        )
