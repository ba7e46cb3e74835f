"""A decoded file, seen through a window that always reaches far enough ahead."""

import codecs
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from runner.errors import StageError

# Characters that a record may take; the engine's limit is as many bytes.
LONGEST_RECORD = 2_000_000
BLOCK = 2 * LONGEST_RECORD
LINE_END = re.compile(r"\r\n|\n|\r")
# A NUL, or what stands for a byte that could not be decoded: U+DC00 and the byte.
ODD = re.compile("[\0\ud800-\udfff]")
CONTROLS = re.compile("[\x80-\x9f]")
BYTE_ORDER_MARK = "\ufeff"
BAD_BYTES = "runner.bad_bytes"


def _bad_bytes(error: UnicodeError) -> tuple[str | bytes, int]:
    """Decode bytes that the encoding does not have as lone surrogates, one for each byte.

    Encoding makes the same bytes of them.
    """
    if isinstance(error, UnicodeEncodeError):
        return _bytes_again(error)
    if not isinstance(error, UnicodeDecodeError):
        raise error
    bad = error.object[error.start : error.end]
    return "".join(chr(0xDC00 + byte) for byte in bad), error.end


def _bytes_again(error: UnicodeEncodeError) -> tuple[bytes, int]:
    marks = [ord(mark) - 0xDC00 for mark in error.object[error.start : error.end]]
    if not all(0 <= mark <= 0xFF for mark in marks):
        raise error
    return bytes(marks), error.end


codecs.register_error(BAD_BYTES, _bad_bytes)


@contextmanager
def opened_text(path: Path, encoding: str, name: str) -> Iterator["TextWindow"]:
    """Open a plain file for reading by records; bad bytes become lone surrogates.

    Raises StageError, with `name`, where a codec gives up on the whole file.
    """
    try:
        # The codec `utf-8-sig` loses the byte of a file that ends in the middle of its mark.
        encoding = "utf-8" if encoding == "utf-8-sig" else encoding
        with path.open("r", encoding=encoding, errors=BAD_BYTES, newline="") as file:
            yield TextWindow(file)
    except UnicodeError as error:
        raise StageError(f"{name}: cannot be decoded as {encoding}: {error}") from error


class TextWindow:
    """Decoded text, with the position of the next line in it.

    After `fill`, the text reaches LONGEST_RECORD characters beyond any position up to `safe`,
    or to the end of the file.
    """

    def __init__(self, file: TextIO) -> None:
        self._file = file
        self._is_first = True
        self.text = ""
        self.at = 0
        # Lines may begin before this position.
        self.safe = 0
        self.is_last = False
        # Whether a NUL or a bad byte is somewhere in the text.
        self.is_odd = False
        # Control characters from U+0080 to U+009F that were read so far (R12).
        self.controls = 0

    def fill(self) -> bool:
        """Drop what was read and read on; return whether there is any text left."""
        if self.at < self.safe:
            return True
        self.text = self.text[self.at :]
        self.at = 0
        while not self.is_last and len(self.text) <= LONGEST_RECORD + 1:
            self.text += self._block()
        self._measure()
        return bool(self.text)

    def extend(self) -> None:
        """Read on without dropping anything, for a record longer than those that are taken."""
        self.text += self._block()
        self._measure()

    def _measure(self) -> None:
        # A CR at the very end may be half of a CRLF, so the last character is never sure.
        self.safe = len(self.text) if self.is_last else len(self.text) - LONGEST_RECORD - 1
        self.is_odd = _is_odd(self.text)

    def line(self) -> str:
        """Return the next physical line with its end, without passing it."""
        end = LINE_END.search(self.text, self.at)
        return self.text[self.at : end.end() if end else None]

    def pass_line(self) -> bool:
        """Pass the next physical line, however long; return whether there was one."""
        if not self.fill():
            return False
        while True:
            end = LINE_END.search(self.text, self.at)
            if end and (self.is_last or end.end() < len(self.text)):
                self.at = end.end()
                return True
            if self.is_last:
                self.at = len(self.text)
                return True
            # Keep a last CR: an LF may follow.
            self.at = self.safe = len(self.text) - 1
            self.fill()

    def _block(self) -> str:
        block = self._file.read(BLOCK)
        self.is_last = len(block) < BLOCK
        if not block.isascii():
            self.controls += len(CONTROLS.findall(block))
        if self._is_first:
            self._is_first = False
            block = block.lstrip(BYTE_ORDER_MARK)
        return block


def _is_odd(text: str) -> bool:
    if text.isascii():
        return "\0" in text
    return ODD.search(text) is not None


def line_count_of(text: str) -> int:
    """Return how many physical lines a piece of text takes, beginning at the start of one."""
    ends = text.count("\n") + text.count("\r") - text.count("\r\n")
    return ends + (not text.endswith(("\n", "\r"))) if text else 0


def visible(text: str) -> str:
    """Return text with bad bytes and NULs written in hexadecimal digits, fit for UTF-8."""
    return ODD.sub(lambda odd: f"\\x{ord(odd[0]) & 0xFF:02x}", text)
