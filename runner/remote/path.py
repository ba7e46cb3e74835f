"""Paths of definitions, joined to the root of a remote place."""

from runner.errors import RefusedPathError
from runner.remote.name import CONTROL, shown
from runner.remote.settings import RemoteSettings

MISSING = "no such file or directory"
"""What every kind of connection says where a path is not there."""


def is_missing(message: str) -> bool:
    """Whether a connection failed because a path is not there."""
    return MISSING in message.lower()


def inner_path(path: str, settings: RemoteSettings) -> str:
    """Return a path as relative to the root: no leading or double slash, no `.` or `..`.

    The root itself is the empty string. Raises RefusedPathError when the path climbs out of the
    root or has control characters (F1).
    """
    if CONTROL.search(path):
        raise RefusedPathError(f"{settings.label}: the path {shown(path)} has control characters")
    parts: list[str] = []
    for part in path.split("/"):
        if part == ".." and not parts:
            raise RefusedPathError(
                f"{settings.label}: the path {shown(path)} climbs out of the root directory",
                hint="paths are relative to the connection's `path`; set that one higher",
            )
        if part == "..":
            parts.pop()
        elif part not in ("", "."):
            parts.append(part)
    return "/".join(parts)


def joined(directory: str, name: str) -> str:
    """Return the path of a name in a directory; the root directory is the empty string."""
    return f"{directory.rstrip('/')}/{name}" if directory else name


def inside(path: str, directory: str) -> bool:
    """Whether a path, absolute and resolved, is the directory or lies in it."""
    return path == directory or path.startswith(directory.rstrip("/") + "/")
