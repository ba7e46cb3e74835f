"""The persons who may not be imported, as salted hashes of identifier values (C2)."""

import hashlib
import os
import secrets
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import astuple, dataclass
from datetime import datetime
from pathlib import Path
from typing import Self

from runner.definitions.identifier_text import address_text
from runner.errors import RunnerError
from runner.history.history import PATIENCE
from runner.history.statement import statement


def value_hash(salt: str, identifier: str, value: str) -> str:
    """Return the salted SHA-256 of an identifier's value, in hexadecimal digits."""
    return text_hash(salt, identifier, address_text(value))


def text_hash(salt: str, identifier: str, text: str) -> str:
    """Return the same of a text that has its form already."""
    text = f"{salt}|{identifier}|{text}"
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


@dataclass(frozen=True)
class Suppressed:
    """One identifier value that no import may contain."""

    # Of a property, or `a+b` of several together.
    identifier: str
    value_hash: str
    # The same for all identifiers of one person; random.
    person: str
    # `forget` or `suppress`.
    reason: str
    receipt_id: str
    suppressed_at: datetime

    @property
    def hashed_value(self) -> tuple[str, str]:
        """Return the identifier and the hash."""
        return self.identifier, self.value_hash


class Suppressions:
    """The list, with the secret salt of its hashes: one SQLite file, its owner's alone.

    It is not part of the warehouse, and so it survives a rollback, a full refresh and the loss of
    the warehouse. Every method raises RunnerError where the file cannot be read or written.
    """

    def __init__(self, path: Path) -> None:
        """Open the file; make it, its salt and its folder, when there is none."""
        self.path = path
        with self._as_runner_error():
            path.parent.mkdir(parents=True, exist_ok=True)
            os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
            self._connection = sqlite3.connect(path, timeout=PATIENCE)
            try:
                self._connection.executescript(statement("suppressed.tables"))
                with self._connection:
                    salt = {"salt": secrets.token_hex(32)}
                    self._connection.execute(statement("suppressed.make_salt"), salt)
                found = self._connection.execute(statement("suppressed.salt")).fetchone()
                self.salt = str(found[0])
            except sqlite3.Error:
                self._connection.close()
                raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._connection.close()

    def hash(self, identifier: str, value: str) -> str:
        """Return the salted hash of an identifier's value."""
        return value_hash(self.salt, identifier, value)

    def all(self) -> tuple[Suppressed, ...]:
        """Return every entry, oldest first."""
        with self._as_runner_error():
            rows = self._connection.execute(statement("suppressed.list")).fetchall()
        return tuple(_entry(row) for row in rows)

    def add(self, entries: Iterable[Suppressed]) -> None:
        """Add entries, all or none; a known entry stays, but `forget` replaces `suppress`."""
        rows = [(*astuple(entry)[:5], entry.suppressed_at.isoformat()) for entry in entries]
        with self._as_runner_error(), self._connection:
            self._connection.executemany(statement("suppressed.add"), rows)

    def link(self, persons: Iterable[str], person: str) -> None:
        """Make several persons one: they turned out to be the same."""
        with self._as_runner_error(), self._connection:
            rows = [(person, other) for other in persons if other != person]
            self._connection.executemany(statement("suppressed.link"), rows)

    def lift(self, persons: Iterable[str]) -> int:
        """Remove all entries of persons; return how many there were."""
        with self._as_runner_error(), self._connection:
            rows = [(person,) for person in persons]
            return self._connection.executemany(statement("suppressed.remove"), rows).rowcount

    @contextmanager
    def _as_runner_error(self) -> Iterator[None]:
        try:
            yield
        except (sqlite3.Error, OSError) as error:
            raise RunnerError(
                f"{self.path}: the list of persons who may not be imported cannot be used: {error}",
                hint="restore it from a backup: without it, erased persons would be imported again",
            ) from error


def _entry(row: tuple[str, ...]) -> Suppressed:
    identifier, hashed, person, reason, receipt_id, time = row
    moment = datetime.fromisoformat(time)
    return Suppressed(identifier, hashed, person, reason, receipt_id, moment)
