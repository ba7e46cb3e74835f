"""The receipt of an erasure: what was removed where, without a value of a person (C2)."""

import json
import os
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Literal

Action = Literal["forget", "suppress", "unsuppress"]


@dataclass(frozen=True)
class HashedPerson:
    """A person, named by salted hashes alone."""

    # Number of their profiles.
    profiles: int
    # Identifier and the salted hash of its value; `profile_id` too.
    identifiers: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class ErasedFile:
    """A staged file in which lines were erased."""

    # SHA-256 of the content that was downloaded, under which it is staged.
    sha256: str
    # Where it came from, as `goal path`; several where the same content came more than once.
    origins: tuple[str, ...]
    lines: int


@dataclass(frozen=True)
class Receipt:
    """What a command did, or would do."""

    id: str
    action: Action
    target: str
    started_at: datetime
    people: tuple[HashedPerson, ...]
    # None while the command runs, or when it was killed.
    finished_at: datetime | None = None
    is_dry_run: bool = False
    # Relation of the warehouse -> deleted rows.
    tables: dict[str, int] = field(default_factory=dict)
    staged: tuple[ErasedFile, ...] = ()
    # Builds whose kept warehouses were rewritten, and those that were dropped.
    rewritten_builds: tuple[str, ...] = ()
    dropped_builds: tuple[str, ...] = ()
    # Files and folders below target/ that were removed.
    removed: tuple[str, ...] = ()
    # Export goals whose next file reports the removal -> number of persons.
    to_be_told: dict[str, int] = field(default_factory=dict)
    # Table -> rows of others that mention them, and stay.
    mentions: dict[str, int] = field(default_factory=dict)
    # Lines of others that mention them, and stay: `goal path, line 7`.
    mentioning_lines: tuple[str, ...] = ()
    # Lines of files of the project that name them: `file:line`.
    project_lines: tuple[str, ...] = ()
    # Files on servers that may hold them, as `goal path`: exports that sent them.
    exported: tuple[str, ...] = ()
    # Files on servers that held lines of these persons, as `goal path`.
    remote: tuple[str, ...] = ()
    # Other targets whose warehouse was not searched.
    other_targets: tuple[str, ...] = ()
    # Identifiers that were added to the suppression list, or removed from it.
    listed: int = 0
    warnings: tuple[str, ...] = ()

    @property
    def profiles(self) -> int:
        """Return the number of profiles of these persons."""
        return sum(person.profiles for person in self.people)


def write_receipt(folder: Path, receipt: Receipt) -> Path:
    """Write a receipt, or replace the one of the same id; returns its path."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / f"{receipt.id}.json"
    part = path.with_name(f"{path.name}.part")
    text = json.dumps(asdict(receipt), indent=1, default=str, ensure_ascii=False)
    with part.open("w", encoding="utf-8") as file:
        file.write(text + "\n")
        file.flush()
        os.fsync(file.fileno())
    part.chmod(0o600)
    part.replace(path)
    return path


def receipt_id(moment: datetime) -> str:
    """Return the id of the receipt of a command that begins at a moment."""
    return f"{moment:%Y%m%dT%H%M%S%f}"[:-3] + "Z"
