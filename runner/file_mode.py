"""Who may read the files that runner writes: their owner alone, unless they are for others."""

import os
import stat
from contextlib import suppress
from pathlib import Path

OTHERS = 0o077
"""The permissions of everybody but the owner."""


class FileMode:
    """The permissions that the user's shell gives new files, while those of runner are private."""

    def __init__(self) -> None:
        # None while files are created as the user's shell says.
        self._umask: int | None = None

    def keep_private(self) -> None:
        """Make all that this process creates its owner's alone (B7), whatever creates it."""
        umask = os.umask(OTHERS)
        if umask != OTHERS:
            self._umask = umask

    def share(self, path: Path) -> None:
        """Give a file or folder that is for others the permissions of the user's other files.

        It is never more open than the folder that it is in.
        """
        if self._umask is None:
            return
        kind = 0o777 if path.is_dir() else 0o666
        path.chmod(kind & ~self._umask & (path.parent.stat().st_mode | 0o700))

    def make_shared(self, folder: Path) -> None:
        """Make a folder for others, and those above it, as far as they are missing."""
        if not folder.is_dir():
            self.make_shared(folder.parent)
            folder.mkdir(exist_ok=True)
            self.share(folder)


FILE_MODE = FileMode()
"""That of this process."""


def is_private(folder: Path) -> bool:
    """Tell whether nobody but its owner may look into a folder."""
    return not folder.stat().st_mode & OTHERS


def make_private(path: Path) -> None:
    """Make a file, or a folder and all in it, its owner's alone (B7).

    Links are not followed, and what belongs to somebody else stays as it is.
    """
    top = path.resolve()
    _close(top)
    for folder, folders, files in os.walk(top):
        for name in (*folders, *files):
            _close(Path(folder, name))


def _close(path: Path) -> None:
    with suppress(PermissionError, FileNotFoundError):
        mode = path.lstat().st_mode
        if mode & OTHERS and not stat.S_ISLNK(mode):
            path.chmod(stat.S_IMODE(mode) & ~OTHERS)
