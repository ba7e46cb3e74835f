"""Counting physical lines while bytes pass by."""

import codecs
import re
from dataclasses import dataclass, field

MARK = b"\n\xef\xbb\xbf"
CONTROLS = re.compile(rb"\xc2[\x80-\x9f]")
SPACING = 1024 * 1024
"""Bytes between two lines of which the position is noted, at least."""


@dataclass(frozen=True)
class LineCount:
    """What was seen of line ends in a stream of bytes, taken as ASCII or a superset of it."""

    # Physical lines: each ends in LF, CRLF or a CR alone, the last one perhaps in nothing.
    lines: int = 0
    # LF that follow no CR.
    line_feeds: int = 0
    # CRLF.
    pairs: int = 0
    # CR that no LF follows.
    returns: int = 0
    # Bytes of value 0.
    nuls: int = 0
    # Byte order marks of UTF-8 at the beginning of a line after the first, and a second one before
    # the first: of files put together.
    marks: int = 0
    # Whether all bytes are UTF-8.
    is_utf8: bool = True
    # Control characters of UTF-8 from U+0080 to U+009F (R12).
    controls: int = 0
    # Positions at which lines begin, each with the LF before it: a line is looked up from there.
    line_starts: tuple[tuple[int, int], ...] = field(default=(), compare=False)

    @property
    def is_uniform(self) -> bool:
        """Whether all is as the engine needs: UTF-8 without NUL or mark, LF or CRLF throughout.

        DuckDB 1.5 gives up on its whole database at a bad byte behind the columns that are read.
        """
        is_odd = self.returns or self.nuls or self.marks or (self.line_feeds and self.pairs)
        return self.is_utf8 and not is_odd


class LineCounter:
    """Counts the lines of bytes that come in chunks, cut anywhere."""

    def __init__(self) -> None:
        self._feeds = 0
        self._returns = 0
        self._pairs = 0
        self._nuls = 0
        self._marks = 0
        self._last = b""
        self._head = b""
        self._tail = b""
        self._decoder = codecs.getincrementaldecoder("utf-8")()
        self._controls = 0
        self._is_utf8 = True
        self._is_cut = False
        self._bytes = 0
        self._line_starts: list[tuple[int, int]] = []

    def update(self, chunk: bytes) -> None:
        """Count one more chunk."""
        if not chunk:
            return
        self._head = (self._head + chunk[:6])[:6]
        self._feeds += chunk.count(b"\n")
        # Whether a byte is there at all is found ten times as fast as how often it is.
        if b"\r" in chunk:
            self._returns += chunk.count(b"\r")
            self._pairs += chunk.count(b"\r\n")
        if self._last == b"\r" and chunk.startswith(b"\n"):
            self._pairs += 1
        if b"\0" in chunk:
            self._nuls += chunk.count(b"\0")
        if b"\xc2" in chunk:
            self._controls += len(CONTROLS.findall(chunk))
        if self._last == b"\xc2":
            self._controls += bool(CONTROLS.match(self._last + chunk[:1]))
        if b"\xef" in chunk:
            self._marks += chunk.count(MARK)
        self._marks += (self._tail + chunk[:3]).count(MARK)
        self._tail = (self._tail + chunk[-3:])[-3:]
        self._last = chunk[-1:]
        self._note_line_start(chunk)
        self._check(chunk)

    def _note_line_start(self, chunk: bytes) -> None:
        last, _ = self._line_starts[-1] if self._line_starts else (0, 0)
        start = self._bytes + chunk.rfind(b"\n") + 1
        self._bytes += len(chunk)
        if start >= last + SPACING:
            self._line_starts.append((start, self._feeds))

    def _check(self, chunk: bytes) -> None:
        """Note whether the bytes are still UTF-8; a character may be cut between two chunks."""
        if not self._is_utf8 or (chunk.isascii() and not self._is_cut):
            return
        try:
            self._decoder.decode(chunk)
        except UnicodeDecodeError:
            self._is_utf8 = False
        self._is_cut = bool(self._decoder.getstate()[0])

    def counted(self) -> LineCount:
        """Return the count so far, as if nothing followed."""
        is_open = self._last not in (b"", b"\n", b"\r")
        return LineCount(
            lines=self._feeds + self._returns - self._pairs + is_open,
            line_feeds=self._feeds - self._pairs,
            pairs=self._pairs,
            returns=self._returns - self._pairs,
            nuls=self._nuls,
            marks=self._marks + (self._head == MARK[1:] * 2),
            is_utf8=self._is_utf8 and not self._is_cut,
            controls=self._controls,
            line_starts=tuple(self._line_starts),
        )
