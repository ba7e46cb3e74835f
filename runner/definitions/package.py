"""Packages: macros, tests and models of others, named in `packages.yml` as in dbt."""

import hashlib
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, ClassVar

from pydantic import AfterValidator

from runner.definitions.declaration import Declaration, read_declaration
from runner.definitions.document import Section, read_document
from runner.errors import Fault, Location
from runner.secret_values import URL_PASSWORD

PACKAGES_FILE, LOCK_FILE = "packages.yml", "package-lock.yml"
FOLDER = "packages"
"""Where `runner deps` puts them."""
URL = re.compile(r"(https|ssh|file)://[^\s]+|[\w.-]+@[\w.-]+:[^\s]+")
REVISION = re.compile(r"[0-9A-Za-z_][\w./-]*")
COMMIT = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")
NAME = re.compile(r"[a-z_]\w*")
PINNED = re.compile(r"[A-Za-z0-9][\w.-]*==[0-9][\w.!+-]*")
"""A name in an index of Python, and its version."""


def _url(value: str) -> str:
    if URL_PASSWORD.search(value):
        raise ValueError("found a URL with a password: use ssh, or a credential helper of git")
    if not URL.fullmatch(value):
        raise ValueError(f"found '{value}'; expected https://..., ssh://... or git@host:path")
    return value


def _revision(value: str) -> str:
    if not REVISION.fullmatch(value) or ".." in value:
        raise ValueError(f"found '{value}'; expected a tag, a branch or a commit")
    return value


def _inside(value: str) -> str:
    if Path(value).is_absolute() or ".." in Path(value).parts:
        raise ValueError(f"found '{value}'; expected a folder inside the repository")
    return value


def _wheel(value: str) -> str:
    if not (PINNED.fullmatch(value) or value.endswith(".whl")):
        raise ValueError(
            f"found '{value}'; expected a file `.whl`, or a name and its version: a==1.0"
        )
    return value


class Package(Declaration):
    """Where a package is: in a git repository, in a folder, or in a wheel."""

    refused: ClassVar[Mapping[str, Any]] = {
        "version": "state `revision`: a tag, a branch or a commit",
        "package": "there is no hub here: name the repository with `git`, and its `revision`;"
        " for dbt_utils leave it out, what most projects use of it is built in",
        "tarball": "name the repository with `git`, or unpack it and name its folder with `local`",
        "private": "name the repository with `git: git@host:path`",
        "warn-unpinned": "`package-lock.yml` has the commit of every package",
    }

    git: Annotated[str, AfterValidator(_url)] = ""
    # A tag, a branch or a commit.
    revision: Annotated[str, AfterValidator(_revision)] = ""
    # The folder of the package inside its repository.
    subdirectory: Annotated[str, AfterValidator(_inside)] = ""
    # A folder, relative to the project's.
    local: str = ""
    # A file, relative to the project's folder, or a name and its version in an index of Python.
    wheel: Annotated[str, AfterValidator(_wheel)] = ""

    @classmethod
    def expand(cls, value: Any) -> Any:
        """Return a package of a hub without its version: one mistake, and one message."""
        if not isinstance(value, Section) or "package" not in value:
            return value
        kept = Section(value.location)
        kept.key_locations, kept.value_locations = value.key_locations, value.value_locations
        kept.update({key: value[key] for key in value if key != "version"})
        return kept

    @property
    def fault(self) -> Fault | None:
        """Return what is missing; None where nothing is."""
        if sum(map(bool, (self.git, self.local, self.wheel))) != 1:
            message = "expected one of `git` with `revision`, `local`, `wheel`"
            return Fault(self.location(), message)
        if self.git and not self.revision:
            return Fault(self.location(), "`git` needs `revision`: a tag, a branch or a commit")
        return None


class PackagesFile(Declaration):
    """The file `packages.yml`."""

    packages: tuple[Package, ...] = ()


class LockedPackage(Package):
    """A package as `runner deps` installed it; `revision` is a commit."""

    name: str


class LockFile(Declaration):
    """The file `package-lock.yml`, which `runner deps` writes."""

    packages: tuple[LockedPackage, ...] = ()
    # Of packages.yml.
    sha1_hash: str = ""


def read_packages(root: Path, faults: list[Fault]) -> PackagesFile:
    """Read what packages a project names; none without a file. Mistakes are added to `faults`."""
    path = root / PACKAGES_FILE
    data = read_document(path, PACKAGES_FILE, faults) if path.exists() else None
    found = read_declaration(PackagesFile, data, faults) if data is not None else None
    if found is not None and not faults:
        faults += [item.fault for item in found.packages if item.fault]
    return found or PackagesFile()


def read_lock(root: Path, faults: list[Fault]) -> LockFile:
    """Read what was locked; nothing without a file. Mistakes are added to `faults`."""
    path = root / LOCK_FILE
    data = read_document(path, LOCK_FILE, faults) if path.exists() else None
    found = read_declaration(LockFile, data, faults) if data is not None else None
    return found or LockFile()


def packages_hash(root: Path) -> str:
    """Return the hash of `packages.yml` by which a lock knows it."""
    return hashlib.sha1((root / PACKAGES_FILE).read_bytes(), usedforsecurity=False).hexdigest()


def installed_packages(root: Path, faults: list[Fault]) -> list[str]:
    """Return the names of the packages of a project, those named first in front.

    A package that is not installed as `packages.yml` says is added to `faults`.
    """
    if not (root / PACKAGES_FILE).exists():
        return []
    wrong: list[Fault] = []
    named, lock = read_packages(root, wrong), read_lock(root, wrong)
    if wrong or not named.packages:
        faults += wrong
        return []
    names = [item.name for item in lock.packages]
    missing = [name for name in names if not (root / FOLDER / name).is_dir()]
    if lock.sha1_hash != packages_hash(root) or missing:
        message = "the packages are not installed as this file says: run `runner deps`"
        faults.append(Fault(Location(PACKAGES_FILE), message))
        return []
    return names
