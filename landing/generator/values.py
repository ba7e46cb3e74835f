"""How a value of a file becomes the value of a property, in Python, independent of the macros."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, tzinfo
from decimal import Decimal
from zoneinfo import ZoneInfo

from generator.lines import Line

SMALL_WORDS = {"de", "den", "der", "s", "t", "van"}
SHOP_ZONE = ZoneInfo("Europe/Amsterdam")


@dataclass(frozen=True, order=True)
class Cell:
    """The location of a value that cannot be read as the type of its property."""

    file: str
    line: int
    column: str
    value: str


class BadValueError(ValueError):
    """A value cannot be read as the type of its property."""

    def __init__(self, line: Line, column: str) -> None:
        super().__init__(f"{line.file}:{line.number}: {column}")
        self.cell = Cell(line.file, line.number, column, line.values[column])


def email(value: str | None) -> str | None:
    """Return an address in lower case; None if the value is not an address."""
    return value.lower() if value and re.fullmatch(r".+@.+", value) else None


def phone(value: str | None) -> str | None:
    """Return a Dutch mobile number as `+316...`, whatever its spelling."""
    digits = re.sub(r"\D", "", value or "")
    return f"+316{digits[-8:]}" if len(digits) > 8 else None


def name(value: str | None, small_words: set[str] = SMALL_WORDS) -> str | None:
    """Return a name with its capitals; a name in mixed case is not changed."""
    if not value or value not in (value.lower(), value.upper()):
        return value
    words = re.split(r"([ '-])", value.lower())
    return "".join(word if word in small_words else word.capitalize() for word in words)


def amount(line: Line, column: str) -> Decimal | None:
    """Return a number with a decimal point."""
    text = line.get(column)
    if text and not re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", text):
        raise BadValueError(line, column)
    return Decimal(text) if text else None


def dutch_amount(text: str | None) -> Decimal | None:
    """Return an amount such as `€ 1.234,50`; brackets or a minus at the end: negative."""
    if not text:
        return None
    number = Decimal(re.sub(r"[^0-9,]", "", text).replace(",", "."))
    return -number if text.startswith("(") or text.endswith("-") else number


def day(line: Line, column: str) -> date | None:
    """Return a date written as 28-02-1985."""
    at = _moment(line, column, "%d-%m-%Y", UTC)
    return at and at.date()


def shop_time(line: Line, column: str) -> datetime | None:
    """Return a local time of the shop, in UTC."""
    return _moment(line, column, "%Y-%m-%d %H:%M:%S", SHOP_ZONE)


def sign_up_time(line: Line, column: str) -> datetime | None:
    """Return a time that is written in UTC."""
    return _moment(line, column, "%d-%m-%Y %H:%M", UTC)


def flag(line: Line, column: str) -> bool | None:
    """Return true or false."""
    text = line.get(column)
    if text not in (None, "true", "false"):
        raise BadValueError(line, column)
    return None if text is None else text == "true"


def _moment(line: Line, column: str, form: str, zone: tzinfo) -> datetime | None:
    text = line.get(column)
    if text is None:
        return None
    try:
        written = datetime.strptime(text, form)  # noqa: DTZ007
    except ValueError as error:
        raise BadValueError(line, column) from error
    return written.replace(tzinfo=zone).astimezone(UTC)
