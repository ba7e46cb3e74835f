"""An exported file, sent so that a reader sees either the old file or the complete new one."""

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


def send_file(
    remote: Remote,
    local: Path,
    directory: str,
    name: str,
    build_id: str,
    on_bytes: OnBytes,
    stale: str = "",
) -> str:
    """Send a local file to `directory/name` and return that path (X2).

    It is sent as `<name>.<build_id>.part`, its size compared, then renamed over the old file.
    `stale` is the path of the old file's trigger, which is removed before the file is replaced.
    Raises RemoteError; the old file is then as it was, and the part is removed.
    """
    folder = directory.strip("/")
    if folder:
        remote.make_directory(folder)
    path = remote_path(directory, name)
    part = part_path(path, build_id)
    with ExitStack() as on_failure:
        on_failure.callback(_remove_part, remote, part)
        remote.send(local, part, on_bytes)
        _check_size(remote, part, local.stat().st_size)
        if stale and remote.stat(stale) is not None:
            remote.remove(stale)
        remote.rename(part, path)
        on_failure.pop_all()
    return path


def _check_size(remote: Remote, part: str, size: int) -> None:
    kept = remote.stat(part)
    if kept is None or (kept.has_size and kept.size != size):
        found = "nothing" if kept is None else f"{kept.size} bytes"
        raise RemoteError(
            f"'{part}' was sent with {size} bytes, and the server has {found}",
            hint="look whether its disk is full; the file that was there is as it was",
        )


def _remove_part(remote: Remote, part: str) -> None:
    # The failure is raised already; a lost connection cannot remove the part either.
    with suppress(RemoteError):
        remote.remove(part)
