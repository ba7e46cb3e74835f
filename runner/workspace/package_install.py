"""Packages fetched and put into the project: `runner deps`.

Of a package only SQL, YAML and CSV are taken, never a program or a link; git runs no hook of it.
"""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from runner.definitions.document import read_document
from runner.definitions.package import (
    COMMIT,
    FOLDER,
    LOCK_FILE,
    NAME,
    Package,
    packages_hash,
    read_lock,
    read_packages,
)
from runner.errors import DefinitionError, Fault, RunnerError
from runner.workspace.wheel import unpacked_wheel

PROJECT_FILES = ("runner_project.yml", "dbt_project.yml")
"""Files of a package with its name."""
PARTS = ("macros", "models", "tests/generic")
SUFFIXES = (".sql", ".yml", ".yaml")
LONGEST = 600
"""Seconds that git may take."""


def install_packages(root: Path, upgrades: bool, say: Callable[[str], None]) -> None:
    """Install the packages of a project: those of the lock, where it fits `packages.yml`.

    Else, and with `upgrades`, revisions are looked up, and the lock is written. Raises
    DefinitionError where a file is wrong, RunnerError where a package cannot be had.
    """
    faults: list[Fault] = []
    named, lock = read_packages(root, faults), read_lock(root, faults)
    if faults:
        raise DefinitionError(faults)
    if not named.packages:
        say("packages.yml names no package")
        return
    is_locked = lock.sha1_hash == packages_hash(root) and not upgrades
    packages: tuple[Package, ...] = lock.packages if is_locked else named.packages
    with tempfile.TemporaryDirectory(prefix="runner-") as folder:
        found: dict[str, tuple[Package, str, Path]] = {}
        for number, package in enumerate(packages):
            source, commit = _fetched(root, package, Path(folder) / str(number))
            name = _name_of(source, package)
            if name in found:
                raise RunnerError(f"two packages are called '{name}'", package.location())
            found[name] = (package, commit, _copied(source, Path(folder) / "new" / name))
        _replace(root / FOLDER, Path(folder) / "new")
    if not is_locked:
        _write_lock(root, found)
    for name, (package, commit, _) in found.items():
        say(f"{name}: {package.git or package.local or package.wheel} {commit[:12]}".rstrip())


def _fetched(root: Path, package: Package, folder: Path) -> tuple[Path, str]:
    """Return the folder of a package, and its commit or the hash of its wheel."""
    if package.local:
        source = root / package.local
        if not source.is_dir():
            raise RunnerError(f"there is no folder {package.local}", package.location("local"))
        return source, ""
    if package.wheel:
        locked = package.revision
        try:
            files = (*PROJECT_FILES, *SUFFIXES)
            return unpacked_wheel(root, package.wheel, locked, folder, files)
        except RunnerError as error:
            raise RunnerError(error.message, package.location("wheel"), hint=error.hint) from error
    with _told(package):
        _git("clone", "--quiet", "--no-checkout", "--", package.git, str(folder))
        commit = _commit(folder, package.revision)
        _git("-C", str(folder), "-c", "core.symlinks=false", "checkout", "--quiet", commit)
    source = folder / package.subdirectory
    if not source.resolve().is_relative_to(folder.resolve()) or not source.is_dir():
        where = package.location("subdirectory")
        raise RunnerError(f"the repository has no folder {package.subdirectory}", where)
    return source, commit


def _commit(folder: Path, revision: str) -> str:
    """Return the commit of a tag, a branch or a commit."""
    for name in (f"origin/{revision}", revision):
        try:
            arguments = ("rev-parse", "--verify", "--quiet", f"{name}^{{commit}}")
            return _git("-C", str(folder), *arguments).strip()
        except subprocess.CalledProcessError:
            continue
    raise RunnerError(f"the repository has no revision '{revision}'")


def _git(*arguments: str) -> str:
    """Run git, which asks nothing and runs nothing else; returns what it writes."""
    environment = {**os.environ, "GIT_TERMINAL_PROMPT": "0", "GIT_LFS_SKIP_SMUDGE": "1"}
    safe = ("-c", "protocol.ext.allow=never", "-c", "core.hooksPath=/dev/null")
    ended = subprocess.run(  # noqa: S603 - a list of arguments, and no shell
        ["git", *safe, *arguments],  # noqa: S607
        env=environment,
        check=True,
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        timeout=LONGEST,
    )
    return ended.stdout


@contextmanager
def _told(package: Package) -> Iterator[None]:
    """Turn what git refuses into an error at the package."""
    where = package.location("git")
    try:
        yield
    except FileNotFoundError as error:
        raise RunnerError("git is not installed, and a package needs it", where) from error
    except subprocess.TimeoutExpired as error:
        raise RunnerError(f"git took longer than {LONGEST} seconds", where) from error
    except subprocess.CalledProcessError as error:
        lines = [line for line in str(error.stderr).splitlines() if line.strip()]
        said = lines[-1] if lines else "no reason is given"
        raise RunnerError(f"git cannot fetch {package.git}: {said}", where) from error
    except RunnerError as error:
        raise RunnerError(error.message, error.location or where) from error


def _name_of(source: Path, package: Package) -> str:
    """Return the name that a package has in its project file."""
    for file in PROJECT_FILES:
        path = source / file
        document = read_document(path, file, []) if path.is_file() else None
        name = str(document.get("name", "")) if document is not None else ""
        if NAME.fullmatch(name):
            return name
    files = " or ".join(PROJECT_FILES)
    message = f"this is no package: it has no {files} with a `name` of letters, digits and _"
    raise RunnerError(message, package.location())


def _copied(source: Path, target: Path) -> Path:
    """Copy what runner reads of a package; links lead nowhere."""
    target.mkdir(parents=True)
    for part in PARTS:
        for path in sorted((source / part).rglob("*")):
            is_ours = path.suffix in SUFFIXES and path.is_file() and not path.is_symlink()
            if is_ours and path.resolve().is_relative_to(source.resolve()):
                copy = target / path.relative_to(source)
                copy.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(path, copy)
    return target


def _replace(folder: Path, new: Path) -> None:
    """Put new packages in the place of the old ones; git ignores them."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(new, folder)
    (folder / ".gitignore").write_text("*\n", encoding="utf-8")


def _write_lock(root: Path, found: dict[str, tuple[Package, str, Path]]) -> None:
    lines = ["# Written by `runner deps`: commit it.", "packages:"]
    for name, (package, commit, _) in found.items():
        assert not commit or COMMIT.fullmatch(commit)
        keys = {"name": name, "git": package.git, "revision": commit}
        keys |= {"subdirectory": package.subdirectory, "local": package.local}
        keys |= {"wheel": package.wheel}
        stated = [f'{key}: "{value}"' for key, value in keys.items() if value]
        lines += [f"  - {stated[0]}", *(f"    {line}" for line in stated[1:])]
    lines.append(f'sha1_hash: "{packages_hash(root)}"')
    (root / LOCK_FILE).write_text("\n".join(lines) + "\n", encoding="utf-8")
