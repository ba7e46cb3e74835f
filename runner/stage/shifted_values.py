"""Lines whose values may be in wrong columns, where DuckDB reports nothing."""

import re
from collections.abc import Iterator
from pathlib import Path

from runner.stage.dialect import Dialect
from runner.stage.fast_path import FastPath
from runner.stage.header import Header

BLOCK = 1024 * 1024


def may_shift_values(plain: Path, dialect: Dialect, header: Header, end: bytes) -> bool:
    """Tell whether a line of a direct file may have its values in wrong columns.

    DuckDB silently drops an empty extra field. `a,b,` may be two values and a stray comma, or a
    stray comma inside that shifted the values. It takes `5"Table, round"` for two values, and what
    follows a closing quote and a space into the value, if that is quoted. Such files go to the
    record reader. `end` is what all lines end in.
    """
    search = _Search(dialect, len(header.names), end)
    return any(search.is_in(block) for block in _blocks(plain, header.data_from, end))


def _blocks(plain: Path, skipped: int, end: bytes) -> Iterator[bytes]:
    """Give the lines of a file, some thousands at a time."""
    with plain.open("rb") as file:
        for _ in range(skipped):
            file.readline()
        while block := file.read(BLOCK):
            yield block + (b"" if block.endswith(end) else file.readline())


class _Search:
    """Looks for such lines in blocks of whole lines."""

    def __init__(self, dialect: Dialect, columns: int, end: bytes) -> None:
        self._separator = dialect.separator.encode()
        self._quote = dialect.quote.encode()
        self._end = end
        self._columns = columns
        self._fast_path = FastPath(dialect, columns)
        # How a line ends whose last field has no value: blanks may follow its quotes.
        self._tails = (self._separator, self._quote * 2) if self._quote else (self._separator,)
        self._endings = [tail + end for tail in (*self._tails, b" ")]
        separator = re.escape(self._separator)
        self._torn = _torn(separator, self._quote) if self._quote else None
        # Of fields that are in quotes as a whole none has one: text before and after a quote.
        before, after = rb"[^\r\n" + separator + self._quote + rb"]", rb"[^\r\n" + separator + rb"]"
        quote = self._quote
        self._inner_quote = re.compile(quote + rb"(?<=" + before + quote + rb")(?=" + after + rb")")

    def is_in(self, block: bytes) -> bool:
        block = block if block.endswith(self._end) else block + self._end
        has_quotes = bool(self._quote) and self._quote in block
        is_clear = not has_quotes or not self._inner_quote.search(block)
        if is_clear and not any(ending in block for ending in self._endings):
            return False
        if not has_quotes:
            # The engine reports a line with too few.
            return block.count(self._separator) > block.count(self._end) * (self._columns - 1)
        if self._is_in_order(block):
            return False
        return any(self._is_unsure(line) for line in block.split(self._end))

    def _is_in_order(self, block: bytes) -> bool:
        """Tell whether quotes enclose whole fields only, with no separator too many."""
        separator, quote, end = self._separator, self._quote, self._end
        pieces = block.split(quote)
        if len(pieces) % 2 == 0:
            return False
        # Two quotes with nothing between them stand for one.
        outside = [piece for number, piece in enumerate(pieces[::2]) if piece or not number]
        edges = (separator, end)
        if not all(piece.startswith(edges) for piece in outside[1:]):
            return False
        if not all(piece.endswith(edges) for piece in outside[0 if outside[0] else 1 :]):
            return False
        inside = quote.join(pieces[1::2])
        lines = block.count(end) - inside.count(end)
        separators = block.count(separator) - inside.count(separator)
        return separators <= lines * (self._columns - 1)

    def _is_unsure(self, line: bytes) -> bool:
        if self._torn and self._torn.search(line):
            return self._fast_path.clean(line.decode(errors="replace")) is None
        if line.count(self._separator) < self._columns:
            return False
        if not line.rstrip(b" ").endswith(self._tails):
            return False
        return self._fast_path.clean(line.decode(errors="replace")) is None


def _torn(separator: bytes, quote: bytes) -> re.Pattern[bytes]:
    """Return what a line has that lost a separator before a quote, or text after one.

    Either a bare field with a quote inside and a field after it that ends in one, or a closing
    quote, spaces and another quote.
    """
    other, inside = rb"[^" + separator + quote + rb"]", rb"[^" + separator + rb"]*"
    start, end = rb"(?:^|" + separator + rb")(?! " + quote + rb")", rb" *(?:" + separator + rb"|$)"
    # A quote at the end of the first field alone may be an inch mark.
    first = start + other + rb"+" + quote + inside + rb"[^" + separator + rb" ] *"
    shifted = first + separator + inside + quote + end
    reopened = rb"[^" + separator + rb"]" + quote + rb" +" + quote
    return re.compile(shifted + rb"|" + reopened)
