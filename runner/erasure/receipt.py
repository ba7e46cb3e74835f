"""The receipt of an erasure: what was removed where, without a value of anybody (C2)."""

import json
import os
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Literal

Action = Literal["forget", "suppress", "unsuppress"]


@dataclass(frozen=True)
class HashedPerson:
    """Somebody, told by salted hashes alone."""

    # Profiles that were theirs.
    profiles: int
    # Identifier, and the salted hash of its value; `profile_id` among them.
    identifiers: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class ErasedFile:
    """A staged file that lines were taken out of."""

    # SHA-256 of what came, under which it is staged.
    sha256: str
    # Where it came from, as `goal path`; several where the same content came twice.
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
    # None while the command is at work, or when it was killed.
    finished_at: datetime | None = None
    is_dry_run: bool = False
    # Relation of the warehouse -> rows taken out.
    tables: dict[str, int] = field(default_factory=dict)
    staged: tuple[ErasedFile, ...] = ()
    # Builds whose kept warehouses were rewritten, and those that were dropped.
    rewritten_builds: tuple[str, ...] = ()
    dropped_builds: tuple[str, ...] = ()
    # Files and folders below target/ that were removed.
    removed: tuple[str, ...] = ()
    # Export goals whose next file tells the removal -> people it names.
    to_be_told: dict[str, int] = field(default_factory=dict)
    # Files of partners that held lines of these people, as `connection path`.
    remote: tuple[str, ...] = ()
    # Other targets whose warehouse was not looked into.
    other_targets: tuple[str, ...] = ()
    # Identifiers that are on the list now, or that were lifted from it.
    listed: int = 0
    warnings: tuple[str, ...] = ()

    @property
    def profiles(self) -> int:
        """Return how many profiles it is about."""
        return sum(person.profiles for person in self.people)


def write_receipt(folder: Path, receipt: Receipt) -> Path:
    """Write a receipt in the place of one of the same id; returns its path."""
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
    """Return the id of a receipt that is begun at a moment."""
    return f"{moment:%Y%m%dT%H%M%S%f}"[:-3] + "Z"
