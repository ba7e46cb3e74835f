"""The lines set aside as their sender wrote them, to be fixed and sent again (R2)."""

import codecs
from pathlib import Path
from typing import BinaryIO

from runner.stage.dialect import Dialect
from runner.stage.text_window import BAD_BYTES, opened_text, visible


class RejectsAsSent:
    """Writes lines in the encoding of their file, below what stood above its data.

    The same format reads it: the lines that are skipped and the header are there. The file
    exists only when a line is.
    """

    def __init__(self, path: Path, plain: Path, dialect: Dialect, data_from: int) -> None:
        self._path = path
        self._plain = plain
        self._dialect = dialect
        self._data_from = data_from
        self._encoder = codecs.getincrementalencoder(dialect.encoding)(BAD_BYTES)
        self._file: BinaryIO | None = None

    def add(self, raw: str) -> None:
        """Write one line, or the lines of one record; a line end is added where there is none."""
        if self._file is None:
            self._file = self._path.open("wb")
            self._file.write(self._encoder.encode(self._head()))
        if not raw.endswith(("\n", "\r")):
            raw += "\n"
        try:
            self._file.write(self._encoder.encode(raw))
        except UnicodeEncodeError:
            # An encoding of two bytes a character has no way to write half of one.
            self._file.write(self._encoder.encode(visible(raw)))

    def close(self) -> None:
        """End the file."""
        if self._file is not None:
            self._file.write(self._encoder.encode("", final=True))
            self._file.close()

    def _head(self) -> str:
        lines: list[str] = []
        with opened_text(self._plain, self._dialect.encoding, self._plain.name) as window:
            while len(lines) < self._data_from and window.fill():
                lines.append(window.line())
                window.pass_line()
        if lines and not lines[-1].endswith(("\n", "\r")):
            lines.append("\n")
        return "".join(lines)


def byte_offset(text: str, position: int, encoding: str) -> int:
    """Return how many bytes precede a position of decoded text."""
    encoder = codecs.getincrementalencoder(encoding)(BAD_BYTES)
    encoder.encode("")  # A byte order mark comes with the first text, whatever it is.
    try:
        return len(encoder.encode(text[:position]))
    except UnicodeEncodeError:
        return len(text[:position].encode(encoding, "replace"))
