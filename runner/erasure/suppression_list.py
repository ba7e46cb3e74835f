"""The suppression list as it is now: salted hashes, and which of them are one person's (C2)."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from runner.definitions.identifier_text import earlier_address_text
from runner.erasure.identifier_values import IdentifierValue
from runner.errors import RunnerError
from runner.history.suppressions import Suppressed, Suppressions, text_hash, value_hash
from runner.workspace.workspace import Workspace


@dataclass(frozen=True)
class SuppressionList:
    """The entries, and the salt of their hashes; empty where there never was a list."""

    entries: tuple[Suppressed, ...] = ()
    salt: str = ""

    def linked(self, pairs: Iterable[IdentifierValue]) -> tuple[Suppressed, ...]:
        """Return all entries of the persons who are listed with one of these values."""
        hashes = (hashed for name, value in pairs for hashed in self._hashes(name, value))
        keys = dict.fromkeys(self._persons[hashed] for hashed in hashes if hashed in self._persons)
        return tuple(entry for key in keys for entry in self._entries_of[key])

    @cached_property
    def _persons(self) -> dict[IdentifierValue, str]:
        return {entry.hashed_value: entry.person for entry in self.entries}

    @cached_property
    def _entries_of(self) -> dict[str, list[Suppressed]]:
        found: dict[str, list[Suppressed]] = {}
        for entry in self.entries:
            found.setdefault(entry.person, []).append(entry)
        return found

    def _hashes(self, name: str, value: str) -> set[IdentifierValue]:
        """Return the hashes of a value: of its form of today, and of those of older runners."""
        forms = {value, value.upper()}
        forms |= {unicodedata.normalize(kind, form) for form in forms for kind in ("NFC", "NFD")}
        earlier = {text_hash(self.salt, name, earlier_address_text(form)) for form in forms}
        return {(name, hashed) for hashed in (value_hash(self.salt, name, value), *earlier)}


def read_suppressed(workspace: Workspace) -> SuppressionList:
    """Return the list; an empty one where there never was one.

    Raises RunnerError where the list is missing although there are receipts.
    """
    if not workspace.suppressions.exists():
        if any(workspace.receipts.glob("*.json")):
            raise missing_list(workspace)
        return SuppressionList()
    with Suppressions(workspace.suppressions) as suppressions:
        return SuppressionList(suppressions.all(), suppressions.salt)


def missing_list(workspace: Workspace) -> RunnerError:
    """Return the error of a list that was there once."""
    return RunnerError(
        f"{workspace.suppressions} is missing, the list of persons who are not imported:"
        " erased persons would be imported again",
        hint="restore it from a backup; keep it wherever target/ is kept, see docs/erasure.md",
    )
