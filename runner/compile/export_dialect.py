"""The format of an export goal, its texts as SQL literals."""

import re
import unicodedata
from dataclasses import dataclass

from runner.definitions.export_goal import ExportProfiles
from runner.definitions.format import ExportFormat
from runner.errors import Fault
from runner.sql.quoting import quoted_text

DIRECTIVES = re.compile(r"%%|%z|%Z")

UNSEEN = "\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0" + "".join(map(chr, range(0xFE00, 0xFE10)))
"""Letters and marks that show as nothing, beside those of the categories C and Z."""


@dataclass(frozen=True)
class ExportDialect:
    """How values become text and lines. What is SQL stands on one line.

    A location is put behind each line of an expression, so none may break inside a literal.
    """

    decimal: str
    timezone: str
    # SQL: between the values of a list.
    item_separator: str
    # SQL: a strftime format.
    date_format: str
    # ('format', SQL of a strftime format), ('offset', '') for %z and ('zone', '') for %Z.
    datetime_parts: tuple[tuple[str, str], ...]
    # SQL: between fields, around fields, and for a quote inside quotes.
    separator: str
    quote: str
    doubled: str
    # SQL: regular expression of the values that quotes must stand around.
    quoted_when: str
    # SQL: each of the characters that make a value one of them, wherever it stands.
    special: tuple[str, ...]
    # SQL: what stands for no value; and for true and false where they are not just that.
    null: str = "''"
    booleans: tuple[str, str] | None = None
    # SQL: between groups of three digits; empty for none.
    thousands: str = ""
    decimals: int | None = None
    is_quoting_all: bool = False
    # Around the values of a list; two characters, or empty for none.
    brackets: str = ""
    # SQL: what stands between the last field and the line feed.
    line_end: str = "''"

    @classmethod
    def of(cls, written: ExportFormat, timezone: str) -> "ExportDialect":
        """Return the dialect of a format; `timezone` is that of the project."""
        return cls(
            decimal=written.decimal,
            timezone=written.timezone or timezone,
            item_separator=one_line(written.multi_value_separator),
            date_format=one_line(written.date_format),
            datetime_parts=_parts(written.datetime_format),
            separator=one_line(written.separator),
            quote=one_line(written.quote),
            doubled=one_line(written.quote * 2),
            quoted_when=quoted_text(quoted_when(written)),
            special=tuple(map(one_line, (*_special(written), *"\r\n\t\v\f"))),
            null=one_line(written.null_value),
            brackets=written.multi_value_brackets,
            booleans=_booleans(written),
            thousands=one_line(written.thousands) if written.thousands else "",
            decimals=written.decimals,
            is_quoting_all=written.quoting == "all",
            line_end=one_line("\r" if written.line_end == "crlf" else ""),
        )


def _booleans(written: ExportFormat) -> tuple[str, str] | None:
    texts = (written.true_value, written.false_value)
    return None if texts == ("true", "false") else (one_line(texts[0]), one_line(texts[1]))


def one_line(text: str) -> str:
    """Return a SQL literal that stands on one line, whatever the text."""
    parts = [
        f"chr({ord(part)})" if part in ("\r", "\n") else quoted_text(part)
        for part in re.split(r"([\r\n])", text)
        if part
    ]
    return parts[0] if len(parts) == 1 else f"({' || '.join(parts)})" if parts else "''"


def quoted_when(written: ExportFormat) -> str:
    r"""Return a regular expression of the values that need quotes (X3).

    Those are values with a character of the separator, a quote or a line end, with a blank
    at either end, which some readers trim, and with a leading #, which some take for a comment.
    """
    special = _special(written)
    return "[" + "".join(map(_escaped, special)) + r"\r\n]|^[\s#]|\s$"


def _special(written: ExportFormat) -> list[str]:
    return sorted(set(written.separator + written.quote))


def _escaped(character: str) -> str:
    return character if character.isalnum() else f"\\x{{{ord(character):x}}}"


def _parts(datetime_format: str) -> tuple[tuple[str, str], ...]:
    """Split a format at %z and %Z, which the engine does not know for local times."""
    kinds = {"%z": "offset", "%Z": "zone"}
    parts: list[tuple[str, str]] = []
    start = 0
    for found in DIRECTIVES.finditer(datetime_format):
        if found[0] not in kinds:
            continue
        parts += _text_part(datetime_format[start : found.start()])
        parts.append((kinds[found[0]], ""))
        start = found.end()
    return (*parts, *_text_part(datetime_format[start:])) or (("format", "''"),)


def _text_part(text: str) -> tuple[tuple[str, str], ...]:
    return (("format", one_line(text)),) if text else ()


def header_line(
    headers: tuple[str, ...], written: ExportFormat, *, is_harmless: bool = False
) -> str:
    """Return the first line of the file, quoted as the values are, without its line feed.

    `is_harmless` headers are no formulas either (X3).
    """
    named = map(_harmless, headers) if is_harmless else headers
    line = written.separator.join(_header_field(header, written) for header in named)
    return line + ("\r" if written.line_end == "crlf" else "")


def _harmless(header: str) -> str:
    """Return a header as the macro `format_harmless` returns values."""
    shown = header.lstrip("".join(filter(_is_hidden, header)))
    sign = unicodedata.normalize("NFKC", shown[:1]).replace("\u2212", "-")
    is_formula = sign in ("=", "+", "-", "@") or header.startswith(("\t", "\r", "\n"))
    return f"'{header}" if is_formula else header


def _is_hidden(character: str) -> bool:
    """Tell whether a character shows as nothing: a blank, a control character, a mark."""
    return unicodedata.category(character)[0] in "CZ" or character in UNSEEN


def _header_field(header: str, written: ExportFormat) -> str:
    special = set(written.separator + written.quote + "\r\n")
    is_plain = header and header == header.strip() and not header.startswith("#")
    if is_plain and written.quoting == "minimal" and not set(header) & special:
        return header
    return written.quote + header.replace(written.quote, written.quote * 2) + written.quote


def dialect_faults(goal: ExportProfiles) -> list[Fault]:
    """Return which parts of the goal's format cannot be written, or not be read again."""
    written = goal.format
    faults = []
    if set(written.separator) & set(written.quote + "\r\n"):
        message = "the separator holds the quote or a line end: no reader could tell fields apart"
        faults.append(Fault(written.location("separator"), message))
    if any(column.kind != "text" for column in goal.columns):
        faults += _unencodable(written.multi_value_separator, written, "multi_value_separator")
    faults += _unencodable(written.separator + written.quote, written, "separator")
    for key in ("null_value", "true_value", "false_value"):
        faults += _unencodable(getattr(written, key), written, key)
    if set(written.null_value) & set(written.separator + written.quote + "\r\n"):
        message = "`null_value` is written without quotes: no separator, quote or line end fits"
        faults.append(Fault(written.location("null_value"), message))
    if written.true_value == written.false_value:
        message = "`true_value` and `false_value` are the same: no reader could tell them apart"
        faults.append(Fault(written.location("false_value"), message))
    return faults


def _unencodable(text: str, written: ExportFormat, key: str) -> list[Fault]:
    lacking = lacking_character(text, written.encoding)
    if not lacking:
        return []
    return [Fault(written.location(key), f"{written.encoding} has no character '{lacking}'")]


def lacking_character(text: str, encoding: str) -> str:
    """Return the first character of a text that an encoding lacks; empty when it has all."""
    try:
        text.encode(encoding)
    except UnicodeEncodeError as error:
        return text[error.start]
    return ""
