"""Sample files for a local folder."""

import secrets
import shutil
from dataclasses import replace
from pathlib import Path

from runner.errors import disk_error
from runner.file_mode import FILE_MODE
from runner.remote.settings import RemoteSettings


def plant(seed: Path, root: Path) -> tuple[str, ...]:
    """Copy the files of `seed` into `root`, and return the relative paths that were copied.

    A file is left out when the root has it already, as it is or with `.done` added: the same
    size and modification time in whole seconds. A changed one replaces what is there. Each
    copy gets the time of its original, and its name only once it is complete. Raises OSError.
    """
    if not seed.is_dir():
        raise FileNotFoundError(2, "no such folder", str(seed))
    planted = []
    for source in sorted(seed.rglob("*")):
        if source.is_symlink() or not source.is_file():
            continue
        relative = source.relative_to(seed)
        target = root / relative
        done = target.with_name(target.name + ".done")
        if _is_same(source, target) or _is_same(source, done):
            continue
        _copy(source, target)
        planted.append(relative.as_posix())
    return tuple(planted)


def seeded_copy(settings: RemoteSettings, copy: Path) -> RemoteSettings:
    """Copy the folder of a connection, which a seed would change; returns how the copy is reached.

    Raises RunnerError where the disk refuses.
    """
    root = Path(settings.path).expanduser()
    try:
        if root.is_dir():
            shutil.copytree(root, copy, symlinks=True)
    except OSError as error:
        raise disk_error(error) from error
    return replace(settings, path=str(copy))


def _is_same(one: Path, other: Path) -> bool:
    if not other.is_file():
        return False
    first, second = one.stat(), other.stat()
    return (first.st_size, int(first.st_mtime)) == (second.st_size, int(second.st_mtime))


def _copy(source: Path, target: Path) -> None:
    FILE_MODE.make_shared(target.parent)
    transit = target.with_name(f".{target.name}.{secrets.token_hex(4)}.tmp")
    try:
        shutil.copy2(source, transit)
        transit.replace(target)
    finally:
        transit.unlink(missing_ok=True)
