"""How a file is written: the dialect of files that come in, and of those that go out."""

import codecs
import unicodedata
from typing import Annotated, Any, Literal, Self
from zoneinfo import ZoneInfo, available_timezones

from pydantic import AfterValidator, BeforeValidator, Field, WithJsonSchema, model_validator

from runner.definitions.declaration import Declaration, OneOrMore
from runner.definitions.moment_format import (
    DateFormat,
    DateTimeFormat,
    ExportedFormat,
    MomentFormat,
)
from runner.definitions.pgp import Decryption, Encryption
from runner.definitions.zone_names import ZONE_OFFSETS, ZoneOffset, minutes_of
from runner.errors import nearest

MARKED = ("utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be")
"""Encodings that write a byte order mark only when they are asked to."""

ESCAPES = {"\\t": "\t", "\\n": "\n", "\\r": "\r", "tab": "\t"}


def _separator(value: Any) -> Any:
    return ESCAPES.get(value, value) if isinstance(value, str) else value


def _not_empty(value: str) -> str:
    if not value:
        raise ValueError("found an empty separator; expected one or more characters")
    return value


def comparable_word(value: str) -> str:
    """Return a word as it is compared: in lower case, composed, without blanks around it."""
    return unicodedata.normalize("NFC", value.strip()).lower()


def _time_zone(value: str) -> str:
    try:
        ZoneInfo(value)
    except (KeyError, ValueError, OSError) as error:
        guess = nearest(value, available_timezones())
        guess = f".{guess}" if guess else ""
        raise ValueError(
            f"found '{value}'; expected a time zone such as Europe/Amsterdam{guess}"
        ) from error
    return value


NO_ENCODINGS = (
    "idna",
    "mbcs",
    "oem",
    "punycode",
    "raw_unicode_escape",
    "undefined",
    "unicode_escape",
)
"""Codecs of Python for names of hosts, for source code, or of Windows alone."""


def _encoding(value: str) -> str:
    if value.lower().replace("-", "_") in NO_ENCODINGS:
        raise ValueError(f"found '{value}', in which no file is written; such as utf-8 is expected")
    try:
        "".encode(value)
        return codecs.lookup(value).name
    except LookupError as error:
        raise ValueError(
            f"found '{value}'; expected an encoding that Python knows, such as windows-1252"
        ) from error


def _header(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(str(name) for name in value)
    if str(value).lower() in ("true", "false"):
        return str(value).lower() == "true"
    raise ValueError(f"found '{value}'; expected true, or a list of column names")


Brackets = Literal["", "[]", "{}", "()"]
TimeZone = Annotated[str, AfterValidator(_time_zone)]
Separator = Annotated[str, BeforeValidator(_separator), AfterValidator(_not_empty)]
Encoding = Annotated[str, AfterValidator(_encoding)]
Header = Annotated[
    bool | tuple[str, ...],
    BeforeValidator(_header),
    WithJsonSchema(
        {"anyOf": [{"type": "boolean"}, {"type": "array", "items": {"type": "string"}}]}
    ),
]


class Format(Declaration):
    """The dialect of files that come in (R1). Nothing is guessed."""

    # Between two fields; `\t` is a tab.
    separator: Separator = ","
    # Around fields that hold a separator, a quote or a line end; empty for none.
    quote: Literal['"', "'", ""] = '"'
    # Before a quote inside quotes; `\` also works outside quotes.
    escape: Literal['"', "'", "\\", ""] = '"'
    decimal: Literal[".", ","] = "."
    thousands: Literal[".", ",", " ", "'", ""] = ""
    # Between the values of a property that takes several.
    multi_value_separator: str = "|"
    # Around all values of such a property, and dropped, as are quotes around each of them.
    multi_value_brackets: Brackets = ""
    encoding: Encoding = "utf-8"
    # True: the first line names the columns; a list names them where no line does.
    header: Header = True
    # Lines before the header (or the data) that are passed over.
    skip_lines: Annotated[int, Field(ge=0)] = 0
    # Values that mean: no value.
    null_values: OneOrMore[str] = ("",)
    # Words that are read as true and as false, in any case.
    true_values: OneOrMore[str] = ("true", "t", "yes", "y", "1", "on")
    false_values: OneOrMore[str] = ("false", "f", "no", "n", "0", "off")
    # strptime formats; several are tried in order. Formats in the letters of Java, Excel or Oracle
    # are translated.
    date_format: OneOrMore[DateFormat] = ("%Y-%m-%d",)
    datetime_format: OneOrMore[DateTimeFormat] = ("%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S")
    # Years of two digits up to this one are 20.., the others 19..; 68 where absent, as strptime's.
    century_pivot: Annotated[int | None, Field(ge=0, le=99)] = None
    # Zone of times that do not say their own; the project's where absent.
    timezone: TimeZone | None = None
    # Abbreviations of zones -> offset from UTC, beside those that are known: {CST: "-06:00"}.
    zones: dict[str, ZoneOffset] = {}
    # Blanks around values are dropped.
    trim: bool = True
    # Files come encrypted with OpenPGP; one that does not is refused.
    pgp: Decryption | None = None

    def overlaid(self, other: Self | None) -> Self:
        """Return this format with what `other` states replaced."""
        if other is None:
            return self
        stated = {name: getattr(other, name) for name in other.model_fields_set}
        return self.with_changes(**stated).with_locations(other)

    @property
    def true_words(self) -> tuple[str, ...]:
        """Return `true_values` as they are compared."""
        return tuple(map(comparable_word, self.true_values))

    @property
    def false_words(self) -> tuple[str, ...]:
        """Return `false_values` as they are compared."""
        return tuple(map(comparable_word, self.false_values))

    @property
    def dates(self) -> tuple[MomentFormat, ...]:
        """Return the formats of dates."""
        return tuple(map(MomentFormat, self.date_format))

    @property
    def datetimes(self) -> tuple[MomentFormat, ...]:
        """Return the formats of times, dates without a time last."""
        return (*map(MomentFormat, self.datetime_format), *self.dates)

    @property
    def zone_minutes(self) -> dict[str, int]:
        """Return the abbreviations of zones in upper case, with their minutes from UTC."""
        stated = {name.upper(): offset for name, offset in self.zones.items()}
        return {name: minutes_of(offset) for name, offset in {**ZONE_OFFSETS, **stated}.items()}


class ExportFormat(Declaration):
    """The dialect of files that go out."""

    separator: Separator = ","
    quote: Literal['"', "'"] = '"'
    # `all`: quotes around every value; an absent value never has them.
    quoting: Literal["minimal", "all"] = "minimal"
    header: bool = True
    line_end: Literal["lf", "crlf"] = "lf"
    # What is written where there is no value; a value that reads the same is quoted.
    null_value: str = ""
    true_value: str = "true"
    false_value: str = "false"
    decimal: Literal[".", ","] = "."
    thousands: Literal[".", ",", " ", "'", ""] = ""
    # Digits behind the decimal separator; those that a number has where absent.
    decimals: Annotated[int | None, Field(ge=0, le=10)] = None
    multi_value_separator: str = "|"
    # Around all values of a property that takes several.
    multi_value_brackets: Brackets = ""
    date_format: ExportedFormat = "%Y-%m-%d"
    datetime_format: ExportedFormat = "%Y-%m-%d %H:%M:%S"
    timezone: TimeZone | None = None
    encoding: Encoding = "utf-8"
    # A byte order mark at the beginning, for encodings that have one.
    bom: bool = False
    compression: Literal["none", "gzip", "zip"] = "none"
    # Files go out encrypted with OpenPGP.
    pgp: Encryption | None = None

    @model_validator(mode="after")
    def _marks(self) -> Self:
        if self.thousands and self.thousands == self.decimal:
            raise ValueError(
                "`thousands` and `decimal` are the same: no reader could tell them apart"
            )
        if self.bom and self.encoding not in MARKED:
            raise ValueError(
                f"`bom` does not fit {self.encoding}: only {', '.join(MARKED)} have such a mark"
            )
        return self
