"""A format of dates or times: checked when it is declared, and taken apart at its zone."""

import re
from dataclasses import dataclass
from functools import cached_property
from typing import Annotated

from pydantic import AfterValidator

from runner.definitions.date_letters import strptime_format

DIRECTIVES = "aAwdbBmyYHIMSfpzZjUWGuV%"
"""Letters of strptime that are read; and `-d` and the like, for numbers without zeros."""
DIRECTIVE = re.compile(r"%-?(.?)", re.DOTALL)

EPOCHS = {"epoch": 1_000_000, "epoch_ms": 1_000, "epoch_us": 1}
"""Formats of numbers that count from 1970 on, in UTC; how many microseconds they count in."""

LOCAL = {"%c": "%a %b %d %H:%M:%S %Y", "%x": "%m/%d/%y", "%X": "%H:%M:%S"}
"""What Python's strptime takes for these where no locale is set."""

UTC_LITERAL = re.compile(r"(%-?[HIMSfpdY]\s*)(?:Z|UTC|GMT)(?![A-Za-z])")
"""The name of UTC behind a time: it says the zone of the value."""

PATTERNS = {
    **dict.fromkeys("aAbB", "[A-Za-z]+"),
    **dict.fromkeys("YG", "[0-9]{4}"),
    "p": "[A-Za-z]{2}",
    "f": "[0-9]+",
    "j": "[0-9]{1,3}",
    "%": "%",
}
"""Regular expressions of what directives read; of the others it is one or two digits."""
ZONES = ("%z", "%Z")
MARK = "="
"""Before a value and its format: the engine reads the word `epoch` as a moment in any format."""
ZONE = "([A-Za-z][A-Za-z0-9_/:+-]*|[-+−][0-9][0-9:]*)"

YEARS, MONTHS, WEEKDAYS = frozenset("yY"), frozenset("bBm"), frozenset("aAwu")


@dataclass(frozen=True)
class MomentFormat:
    """A strptime format, as the engine can read it."""

    written: str
    mark: str = MARK

    @cached_property
    def letters(self) -> tuple[str, ...]:
        """Return its directives, without `%` itself."""
        return tuple(letter for letter in DIRECTIVE.findall(self.written) if letter != "%")

    @property
    def unit(self) -> int:
        """Return in how many microseconds its numbers count from 1970 on; 0 where it has dates."""
        return EPOCHS.get(self.written, 0)

    @property
    def zone(self) -> str:
        """Return the directive that says the zone; empty where times are local."""
        return next((zone for zone in ZONES if zone in self._parts), "")

    @property
    def _parts(self) -> list[str]:
        """Return its texts, and between them its zones."""
        return re.split(r"(%[zZ])", self.written)

    @property
    def zone_pattern(self) -> str:
        """Return a regular expression of its values, in which group 1 is the zone."""
        return f"^{''.join(_pattern(part, part == self.zone) for part in self._parts)}$"

    @property
    def text_pattern(self) -> str:
        """Return a regular expression of its values, with a group around each text but zones."""
        parts = (_pattern(part) if part in ZONES else f"({_pattern(part)})" for part in self._parts)
        return f"^{''.join(parts)}$"

    @property
    def grouped_pattern(self) -> str:
        """Return a regular expression of its values, with a group around each of its `letters`."""
        parts = (_pattern(part, part in ZONES, is_grouped=True) for part in self._parts)
        return rf"\A{''.join(parts)}\z"

    @property
    def marked_text(self) -> str:
        """Return what `text_pattern` is replaced by: the mark and the texts without zones."""
        count = sum(part not in ZONES for part in self._parts)
        return MARK + "".join(f"\\{number}" for number in range(1, count + 1))

    @property
    def marked(self) -> str:
        """Return the mark and the format without zones."""
        return MARK + "".join(part for part in self._parts if part not in ZONES)

    @property
    def ends_in_offset(self) -> bool:
        """Return whether its values end in an offset, or in `Z`."""
        return self.written.endswith("%z") and not self.written.endswith("%%z")

    @property
    def in_utc(self) -> "MomentFormat":
        """Return the format of those of its values whose zone is written as `Z`."""
        return MomentFormat("Z".join(part for part in self._parts if part not in ZONES))

    @property
    def has_fraction(self) -> bool:
        """Return whether it reads parts of a second."""
        return "f" in self.letters

    @property
    def has_short_year(self) -> bool:
        """Return whether its years have two digits."""
        return "y" in self.letters

    @property
    def counted_year(self) -> str:
        """Return the directive of the year in which it counts days or weeks; else empty."""
        if not set("jUWV") & {*self.letters}:
            return ""
        return next(f"%{letter}" for letter in "GYy" if letter in self.letters)

    @property
    def lacks(self) -> str:
        """Return which part of a date it lacks; empty where it has all."""
        if self.unit:
            return ""
        found = {*self.letters}
        has_weekday = bool(found & WEEKDAYS)
        if {"G", "V"} <= found and has_weekday:
            return ""
        if not found & YEARS:
            return "the year (%Y)"
        if "j" in found or (found & {*"UW"} and has_weekday):
            return ""
        if not found & MONTHS:
            return "the month (%m)"
        return "" if "d" in found else "the day (%d)"

    @property
    def lacks_of_time(self) -> str:
        """Return which part of a time it lacks; empty where it has all."""
        if self.unit:
            return ""
        found = {*self.letters}
        if "I" in found and not found & {*"pH"}:
            return "AM or PM (%p), which hours of %I need"
        if not found & {*"HI"}:
            return "the hour (%H)"
        return "the minute (%M)" if found & {*"Sf"} and "M" not in found else ""


def _pattern(part: str, is_zone: bool = False, *, is_grouped: bool = False) -> str:
    """Return a regular expression of what a part of a format reads, as the engine knows them."""
    if part in ZONES:
        return ZONE if is_zone else f"(?:{ZONE[1:]}"
    written, start = "", 0
    for found in DIRECTIVE.finditer(part):
        written += _literal(part[start : found.start()])
        pattern = PATTERNS.get(found[1], "[0-9]{1,2}")
        written += f"({pattern})" if is_grouped and found[1] != "%" else pattern
        start = found.end()
    return written + _literal(part[start:])


def _literal(text: str) -> str:
    return "".join(
        r"\s*"
        if character.isspace()
        else f"\\x{{{ord(character):x}}}"
        if not character.isalnum()
        else character
        for character in text
    )


def _read_format(value: str) -> MomentFormat:
    """Return a format of files that come in, in the letters of strptime.

    Raises ValueError where it has other letters.
    """
    if value in EPOCHS:
        return MomentFormat(value)
    if "%" not in value:
        translated = strptime_format(value)
        if translated is None or "%" not in translated:
            raise ValueError(
                f"found '{value}'; expected the letters of strptime, as in %d-%m-%Y,"
                f" or of Java and Excel, as in dd-MM-yyyy, or {', '.join(EPOCHS)}"
            )
        value = translated.replace("%g", "%f")
    for letter in DIRECTIVE.findall(value):
        if f"%{letter}" not in LOCAL and (not letter or letter not in DIRECTIVES):
            raise ValueError(
                f"found '%{letter}' in '{value}'; expected the letters of strptime, as in %d-%m-%Y"
            )
    for short, full in LOCAL.items():
        value = value.replace(short, full)
    found = MomentFormat(UTC_LITERAL.sub(r"\1%z", value))
    twice = [letter for letter in found.letters if found.letters.count(letter) > 1]
    if twice:
        raise ValueError(f"found '%{twice[0]}' twice in '{value}'; expected it once")
    return found


def _date_format(value: str) -> str:
    found = _read_format(value)
    if found.lacks:
        raise ValueError(f"found '{value}'; a date needs {found.lacks} as well")
    return found.written


def _datetime_format(value: str) -> str:
    found = _read_format(value)
    if lacks := found.lacks or found.lacks_of_time:
        hint = "" if found.lacks or "hour" not in lacks else "; `date_format` is for dates alone"
        raise ValueError(f"found '{value}'; a time needs {lacks} as well{hint}")
    return found.written


def _export_format(value: str) -> str:
    """Return a format of files that go out; one in the letters of others is translated."""
    if "%" in value or not value:
        return value
    translated = strptime_format(value)
    if translated is None or "%" not in translated:
        raise ValueError(
            f"found '{value}'; expected the letters of strftime, as in %d-%m-%Y,"
            " or of Java and Excel, as in dd-MM-yyyy"
        )
    return translated


DateFormat = Annotated[str, AfterValidator(_date_format)]
DateTimeFormat = Annotated[str, AfterValidator(_datetime_format)]
ExportedFormat = Annotated[str, AfterValidator(_export_format)]
