"""Finds the identifier values of persons in any text, each as a whole word (C2)."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from unicodedata import normalize

from runner.definitions.identifier_text import UNSEEN
from runner.erasure.persons import Person

SHORTEST = 6
"""Characters of a value that is searched for; shorter ones are in texts by chance."""

MARK_BYTES = (
    rb"(?:\xc2\xad|\xd8\x9c|\xcd\x8f|\xe2\x80[\x8b-\x8f\xaa-\xae]|\xe2\x81[\xa0-\xaf]"
    rb"|\xef\xbb\xbf|\xef\xb8[\x80-\x8f])*"
)
"""Invisible characters that may stand inside a value, in UTF-8."""
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
        """Return the regular expression for the engine, which searches texts in NFC."""
        found = "|".join("".join(map(_escaped, value)) for value in self.values)
        return f"(?i){BEFORE}(?:{found}){AFTER}" if found else "$^"

    @property
    def text(self) -> re.Pattern[str]:
        """Return the regular expression for text as it was sent."""
        marks = f"{UNSEEN.pattern[:-1]}*"
        found = "|".join(marks.join(map(re.escape, form)) for form in self._forms) or "$^"
        return re.compile(f"{BEFORE}(?:{found}){AFTER}", re.IGNORECASE)

    @property
    def bytes(self) -> re.Pattern[bytes]:
        """Return the regular expression for UTF-8 bytes as they were sent."""
        found = b"|".join(
            MARK_BYTES.join(re.escape(character.encode()) for character in form)
            for form in self._forms
        )
        return re.compile(
            BEFORE.encode() + b"(?:" + (found or b"$^") + b")" + AFTER.encode(), re.IGNORECASE
        )

    @property
    def _forms(self) -> tuple[str, ...]:
        """Return the values, composed and decomposed, and those outside ASCII in capitals too."""
        cases = [form for value in self.values for form in dict.fromkeys((value, value.upper()))]
        return tuple(
            dict.fromkeys(
                normalize(kind, value)
                for value in cases
                if not value.isascii() or value in self.values
                for kind in ("NFC", "NFD")
            )
        )


def _escaped(character: str) -> str:
    if character.isalnum() or ord(character) > 127:
        return character
    return f"\\x{{{ord(character):02x}}}"
