"""Texts that mention somebody: an identifier's value, as a word of its own (C2)."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from runner.erasure.people import Person

LEAST = 6
"""Characters of a value that is looked for in any text; shorter ones are in texts by chance."""

BEFORE, AFTER = "(?:^|[^0-9A-Za-z])", "(?:$|[^0-9A-Za-z])"


@dataclass(frozen=True)
class Mentions:
    """The values of people that are looked for in any text, whatever their case."""

    values: tuple[str, ...]

    @classmethod
    def of(cls, people: Iterable[Person]) -> "Mentions":
        """Return the values that are told apart from other text: e-mail addresses, long ids."""
        values = {
            value
            for person in people
            for name, value in person.identifiers
            if "+" not in name and ("@" in value or len(value) >= LEAST)
        }
        values |= {profile_id for person in people for profile_id in person.profile_ids}
        return cls(tuple(sorted(values)))

    def __bool__(self) -> bool:
        return bool(self.values)

    @property
    def sql(self) -> str:
        """Return the pattern as the engine takes it."""
        found = "|".join("".join(map(_escaped, value)) for value in self.values)
        return f"(?i){BEFORE}(?:{found}){AFTER}" if found else "$^"

    @property
    def text(self) -> re.Pattern[str]:
        """Return the pattern of texts."""
        found = "|".join(map(re.escape, self.values)) or "$^"
        return re.compile(f"{BEFORE}(?:{found}){AFTER}", re.IGNORECASE | re.ASCII)

    @property
    def bytes(self) -> re.Pattern[bytes]:
        """Return the pattern of UTF-8."""
        found = b"|".join(re.escape(value.encode()) for value in self.values) or b"$^"
        return re.compile(BEFORE.encode() + b"(?:" + found + b")" + AFTER.encode(), re.IGNORECASE)


def _escaped(character: str) -> str:
    if character.isalnum() or ord(character) > 127:
        return character
    return f"\\x{{{ord(character):02x}}}"
