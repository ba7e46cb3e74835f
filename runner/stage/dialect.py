"""How the lines of a file are read: what of a format matters before values are parsed."""

import codecs
import hashlib
import json
from dataclasses import asdict, dataclass

from runner.definitions.format import Format
from runner.errors import StageError

# Part of every digest: another number makes the record reader read all files again.
READER = 5
UTF_8 = ("utf-8", "utf-8-sig")


@dataclass(frozen=True)
class Dialect:
    """The part of a format that says where lines, fields and names are (R1)."""

    separator: str
    # `"`, `'` or empty.
    quote: str
    # What escapes a quote inside quotes: the quote itself (doubled), a backslash, or nothing.
    escape: str
    encoding: str
    # True: the first line names the columns; False: nothing does; else the names.
    header: bool | tuple[str, ...]
    skip_lines: int

    @property
    def is_direct(self) -> bool:
        """Whether the engine reads this dialect as the record reader does.

        A backslash is not among it: the engine knows it only inside quotes, and drops it there
        before any character. Nor is a space as separator, for spaces around quotes.
        """
        return (
            self.encoding in UTF_8
            and len(self.separator) == 1
            and self.separator.isascii()
            and self.separator.isprintable() | (self.separator == "\t")
            and self.separator not in ("\\", " ")
            and self.escape == self.quote
        )

    @property
    def digest(self) -> str:
        """Twelve hexadecimal digits that differ where reading may differ."""
        text = json.dumps([READER, asdict(self)])
        return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def dialect_of(file_format: Format) -> Dialect:
    """Return the dialect of a format.

    An escape that is a quote character means that quotes are doubled, whichever quote is
    used. Raises StageError for a dialect in which nothing could be read.
    """
    separator, quote = file_format.separator, file_format.quote
    escape = file_format.escape if file_format.escape in ("", "\\") else quote
    if any(mark and mark in separator for mark in ("\n", "\r", "\0", quote, escape)):
        raise StageError(
            f"the separator {separator!a} has the quote, the escape or a line end in it: "
            "lines could not be told apart",
            file_format.location("separator"),
        )
    encoding = codecs.lookup(file_format.encoding).name
    return Dialect(separator, quote, escape, encoding, file_format.header, file_format.skip_lines)
