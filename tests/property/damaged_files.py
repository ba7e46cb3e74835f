"""Files in any dialect, with damage, and what must become of each of their lines.

What is expected is known from how a file was written; nothing here reads one.
"""

from dataclasses import dataclass, field
from typing import Any

from hypothesis import strategies as st

SEPARATORS = (",", ";", "\t", "|", " ", "||", "::", "§", "ab")
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252",
             "latin-1", "cp437", "koi8-r", "shift_jis", "gb18030", "big5", "mac-roman")  # fmt: skip
BAD = {"utf-8": b"\xff", "utf-8-sig": b"\xc3(", "cp1252": b"\x81", "shift_jis": b"\xff",
       "utf-16-le": b"\x00\xdc", "utf-16-be": b"\xdc\x00", "big5": b"\xff"}  # fmt: skip
WIDE = "é€"
COLUMNS = ("id", "first", "second")


@dataclass(frozen=True)
class WrittenFile:
    """A file and what must become of it."""

    data: bytes
    # As `format` states it.
    stated: dict[str, Any]
    # (physical line, values)
    rows: list[tuple[int, tuple[str, ...]]]
    # Physical line -> reason, of each record set aside.
    aside: dict[int, str]
    lines: int
    blank: int
    # Physical lines that the records set aside take.
    rejected: int


@dataclass
class Writer:
    """Writes lines one after the other, and keeps what each of them means."""

    draw: Any
    separator: str
    quote: str
    escape: str
    encoding: str
    ends: tuple[str, ...]
    parts: list[bytes] = field(default_factory=list)
    rows: list[tuple[int, tuple[str, ...]]] = field(default_factory=list)
    aside: dict[int, str] = field(default_factory=dict)
    line: int = 1
    blank: int = 0
    rejected: int = 0
    last_end: str = "\n"

    def put(self, text: str, bad: bytes = b"") -> int:
        """Write text and a line end; returns how many lines it took."""
        end = self.draw(st.sampled_from(self.ends)) if text else self.last_end
        self.parts += [self.bytes_of(text), bad, self.bytes_of(end)]
        self.last_end = end
        took = 1 + text.replace("\r\n", "\n").replace("\r", "\n").count("\n")
        self.line += took
        return took

    def bytes_of(self, text: str) -> bytes:
        encoding = {"utf-8-sig": "utf-8", "utf-16": "utf-16-le", "utf-32": "utf-32-le"}
        return text.encode(encoding.get(self.encoding, self.encoding))

    @property
    def is_backslash(self) -> bool:
        return self.escape == "\\"

    def value(self, in_quotes: bool) -> tuple[str, str]:
        """Return a value and how it is written."""
        wide = WIDE if _can(self.encoding) else ""
        letters = st.text("a1 ,;|\t.\"'§\\:b" + wide, max_size=6)
        if in_quotes:
            value = self.draw(
                st.one_of(letters, st.sampled_from(["x\ny", "x\r\ny", "\n", "", "id"]))
            )
            value = _encodable(value, self.encoding)
            text = value.replace("\\", "\\\\") if self.is_backslash else value
            return value, self.quote + text.replace(
                self.quote, self.escape + self.quote
            ) + self.quote
        value = _encodable(self.draw(letters), self.encoding)
        marks = self.separator if len(self.separator) > 1 else ""
        value = "".join(one for one in value if one not in marks)
        if self.quote:
            value = value.lstrip(f"{self.quote} ")
        if self.is_backslash:
            text = value.replace("\\", "\\\\")
            return value, text.replace(self.separator, "\\" + self.separator)
        value = value.replace(self.separator, "")
        # What is left may begin with a quote again.
        value = value.lstrip(f"{self.quote} ") if self.quote else value
        return value, value

    def fields(self, number: int) -> tuple[tuple[str, ...], list[str]]:
        pairs = [self.value(bool(self.quote) and self.draw(st.booleans())) for _ in range(2)]
        return (f"r{number}", *(value for value, _ in pairs)), [
            f"r{number}", *(text for _, text in pairs)
        ]  # fmt: skip

    def good(self, number: int, tail: str = "") -> None:
        values, texts = self.fields(number)
        self.rows.append((self.line, values))
        self.put(self.separator.join(texts) + tail)

    def set_aside(self, reason: str, text: str, bad: bytes = b"") -> None:
        self.aside[self.line] = reason
        self.rejected += self.put(text, bad)

    def damaged(self, number: int) -> None:
        """Write a record that cannot be read, or a line that is none."""
        kinds = ["few", "many", "blank", "header", "nul", "total"]
        kinds += ["after"] if self.quote else []
        kinds += ["bad"] if self.encoding in BAD else []
        kind = self.draw(st.sampled_from(kinds))
        _, texts = self.fields(number)
        between = self.separator
        if kind == "few":
            self.set_aside("too_few_fields", between.join(texts[:2]))
        elif kind == "many":
            self.set_aside("too_many_fields", between.join([*texts, "x"]))
        elif kind == "blank":
            self.put("")
            self.blank += 1
        elif kind == "header":
            self.set_aside("repeated_header", between.join(COLUMNS))
        elif kind == "nul":
            self.set_aside("nul", between.join([f"r{number}", "x\0", "y"]))
        elif kind == "total":
            self.set_aside("too_few_fields", f"Total:{number}".replace("ab", ""))
        elif kind == "bad":
            self.set_aside("bad_byte", between.join([f"r{number}", "x", "y"]), BAD[self.encoding])
        else:
            inner = f"{self.quote}x{self.quote}z"
            self.set_aside("text_after_quote", between.join([f"r{number}", inner, "y"]))


def _can(encoding: str) -> bool:
    return _encodable(WIDE, encoding) == WIDE


def _encodable(text: str, encoding: str) -> str:
    return text.encode(encoding, "ignore").decode(encoding)


@st.composite
def damaged_files(draw: Any) -> WrittenFile:
    """Any dialect, any encoding, some lines well and some not."""
    quote = draw(st.sampled_from(('"', "'", "")))
    encoding = draw(st.sampled_from(ENCODINGS))
    separators = [one for one in SEPARATORS if _encodable(one, encoding) == one]
    ends = draw(st.sampled_from((("\n",), ("\r\n",), ("\r",), ("\n", "\r\n", "\r"))))
    escape = draw(st.sampled_from(("\\", quote)))
    writer = Writer(draw, draw(st.sampled_from(separators)), quote, escape, encoding, ends)
    writer.last_end = ends[0]
    marks = {"utf-8-sig": b"\xef\xbb\xbf", "utf-16": b"\xff\xfe", "utf-32": b"\xff\xfe\x00\x00"}
    writer.parts.append(marks.get(encoding, b""))
    skip_lines = draw(st.integers(0, 2))
    for _ in range(skip_lines):
        writer.put(draw(st.sampled_from(["made today", "id,x", "", "'\"", "a;b;c;d"])))
    header: bool | list[str] = draw(st.booleans()) or list(COLUMNS)
    has_tail = header is True and draw(st.booleans())
    if header is True:
        names = [*COLUMNS, ""] if has_tail else list(COLUMNS)
        writer.put(writer.separator.join(names))
    for number in range(draw(st.integers(0, 6))):
        if draw(st.integers(0, 2)):
            tail = writer.separator if has_tail and draw(st.booleans()) else ""
            writer.good(number, tail)
        elif not has_tail:
            writer.damaged(number)
    stated = {
        "separator": writer.separator,
        "quote": quote,
        "escape": escape,
        "encoding": encoding,
        "skip_lines": skip_lines,
        "header": header,
        "trim": False,
    }
    return WrittenFile(
        b"".join(writer.parts),
        stated,
        writer.rows,
        writer.aside,
        writer.line - 1,
        writer.blank,
        writer.rejected,
    )
