"""Finds the identifier values of persons in any text, each as a whole word (C2)."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from runner.erasure.persons import Person

SHORTEST = 6
"""Characters of a value that is searched for; shorter ones are in texts by chance."""

BEFORE, AFTER = "(?:^|[^0-9A-Za-z])", "(?:$|[^0-9A-Za-z])"


@dataclass(frozen=True)
class ValuePattern:
    """The values to search for, in upper or lower case."""

    values: tuple[str, ...]

    @classmethod
    def of(cls, persons: Iterable[Person]) -> "ValuePattern":
        """Return the pattern of values that no other text has: e-mail addresses, long ids."""
        values = {
            value
            for person in persons
            for name, value in person.identifiers
            if "+" not in name and ("@" in value or len(value) >= SHORTEST)
        }
        values |= {profile_id for person in persons for profile_id in person.profile_ids}
        return cls(tuple(sorted(values)))

    def __bool__(self) -> bool:
        return bool(self.values)

    @property
    def sql(self) -> str:
        """Return the regular expression for the engine."""
        found = "|".join("".join(map(_escaped, value)) for value in self.values)
        return f"(?i){BEFORE}(?:{found}){AFTER}" if found else "$^"

    @property
    def text(self) -> re.Pattern[str]:
        """Return the regular expression for text."""
        found = "|".join(map(re.escape, self.values)) or "$^"
        return re.compile(f"{BEFORE}(?:{found}){AFTER}", re.IGNORECASE | re.ASCII)

    @property
    def bytes(self) -> re.Pattern[bytes]:
        """Return the regular expression for UTF-8 bytes."""
        found = b"|".join(re.escape(value.encode()) for value in self.values) or b"$^"
        return re.compile(BEFORE.encode() + b"(?:" + found + b")" + AFTER.encode(), re.IGNORECASE)


def _escaped(character: str) -> str:
    if character.isalnum() or ord(character) > 127:
        return character
    return f"\\x{{{ord(character):02x}}}"
