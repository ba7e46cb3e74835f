"""Packages in wheels: of a file, or of a pinned name that pip downloads.

A wheel is read as an archive: nothing in it is installed, and nothing runs.
"""

import hashlib
import subprocess
import sys
import zipfile
from pathlib import Path, PurePosixPath

from runner.definitions.package import PINNED
from runner.errors import RunnerError

LARGEST = 64 * 1024 * 1024
"""Bytes that the files of a package may have together."""
LONGEST = 600
"""Seconds that pip may take."""


def unpacked_wheel(
    root: Path, wheel: str, locked: str, folder: Path, files: tuple[str, ...]
) -> tuple[Path, str]:
    """Unpack the folder of a wheel that has a project file; returns it, and the wheel's SHA-256.

    `files` are the names of project files, or endings of the files that are taken. Raises
    RunnerError where it cannot be had, or is not the one that is `locked`.
    """
    folder.mkdir()
    path = _downloaded(wheel, folder) if PINNED.fullmatch(wheel) else root / wheel
    if not path.is_file():
        raise RunnerError(f"there is no file {wheel}")
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    if locked and digest != locked:
        message = f"the wheel has the SHA-256 {digest[:12]}, and package-lock.yml has {locked[:12]}"
        raise RunnerError(message, hint="if that is meant: runner deps --upgrade")
    try:
        with zipfile.ZipFile(path) as archive:
            return _unpacked(archive, folder / "files", files), digest
    except zipfile.BadZipFile as error:
        raise RunnerError(f"{wheel} is no wheel: {error}") from error


def _downloaded(requirement: str, folder: Path) -> Path:
    """Download the wheel of a requirement, from the index that pip is configured for."""
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--no-input"]
    command += ["--only-binary", ":all:", "--dest", str(folder), requirement]
    try:
        ended = subprocess.run(  # noqa: S603 - a list of arguments, and no shell
            command, capture_output=True, text=True, stdin=subprocess.DEVNULL, timeout=LONGEST
        )
    except subprocess.TimeoutExpired as error:
        raise RunnerError(f"pip took longer than {LONGEST} seconds") from error
    wheels = [*folder.glob("*.whl")]
    if ended.returncode or not wheels:
        lines = [line for line in ended.stderr.splitlines() if line.strip()]
        raise RunnerError(
            f"pip cannot download {requirement}: {lines[-1] if lines else 'no wheel'}"
        )
    return wheels[0]


def _unpacked(archive: zipfile.ZipFile, folder: Path, files: tuple[str, ...]) -> Path:
    members = {PurePosixPath(item.filename): item for item in archive.infolist()}
    projects = [path for path in members if path.name in files]
    if not projects:
        raise RunnerError("the wheel has no runner_project.yml or dbt_project.yml")
    base = min(projects, key=lambda path: len(path.parts)).parent
    taken = [
        (path, item)
        for path, item in members.items()
        if path.is_relative_to(base) and path.name.endswith(files) and ".." not in path.parts
    ]
    if sum(item.file_size for _, item in taken) > LARGEST:
        raise RunnerError(f"the files of the package have more than {LARGEST:,} bytes")
    for path, item in taken:
        target = folder / path.relative_to(base)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(archive.read(item))
    return folder
