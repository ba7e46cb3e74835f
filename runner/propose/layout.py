"""How the lines of a file are divided: separator, quote, lines to skip, header."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

from runner.errors import StageError, counted
from runner.stage.dialect import Dialect
from runner.stage.record import RecordParser
from runner.stage.text_window import BYTE_ORDER_MARK, LINE_END, line_count_of, opened_text

SEPARATORS = (",", ";", "\t", "|", "^", "~", "||", "::", "|;|")
STATED = re.compile(r"sep=([^\r\n])(?:\r\n|\n|\r)", re.IGNORECASE)
"""A first line by which spreadsheets state the separator."""
FOREIGN = {"<": "HTML or XML", "{": "JSON", "[": "JSON"}
"""How files of other kinds begin."""
SAMPLE = 3000
"""Records by which ways to divide lines are compared; the best is then tried on all lines."""
QUOTED = re.compile(r"(?:^|[^\w\s]|\t)'[^'\n]*'(?:[^\w\s]|\t|$)", re.MULTILINE)
NAME = re.compile(r"[^\W\d][^\x00]{0,200}")
"""What the name of a column looks like: it begins with a letter."""
NUMBER_NAME = re.compile(r"[0-9]{4,9}")
"""A number that may name a column, such as a year."""
VALUE = re.compile(r"[-+(]?[\d.,:/ €$£%-]*\d[\d.,:/ €$£%-]*\)?|[^@\s]+@[^@\s]+\.\w+|")
"""A number, a date, an address, nothing: no name of a column."""


@dataclass(frozen=True)
class Layout:
    """How lines are divided into records and fields."""

    dialect: Dialect
    # Fields of most records.
    width: int
    # Share of the sample that has them, without a fault.
    share: float
    # Fields that are not empty in all of them.
    filled: int = 0
    # Where the table begins in the text.
    begin: int = 0
    # Whether the first line names the columns; what it says then.
    has_header: bool = True
    names: tuple[str, ...] = ()
    # What should be checked; empty where it is certain.
    doubt: str = ""

    @property
    def left_out(self) -> str:
        """Say which lines above the table are left out; empty where none is."""
        count = self.dialect.skip_lines
        return f"above the table {counted(count, 'line is', 'lines are')} left out" if count else ""


def find_layout(path: Path, encoding: str, name: str) -> Layout:
    """Return the best way to divide a file; raises StageError where it is no table of text."""
    with opened_text(path, encoding, name) as window:
        window.fill()
        text = window.text[window.at :].lstrip(BYTE_ORDER_MARK)
    if kind := FOREIGN.get(text.lstrip()[:1]):
        raise StageError(f"{name}: this is {kind}, not a table")
    stated = STATED.match(text)
    text = text[stated.end() :] if stated else text
    dialects = _dialects(text, encoding, (stated[1],) if stated else SEPARATORS)
    best = max((_measured(text, dialect) for dialect in dialects), key=_score)
    layout = _with_header(text, best)
    if not stated:
        return layout
    dialect = replace(layout.dialect, skip_lines=layout.dialect.skip_lines + 1)
    return replace(layout, dialect=dialect)


def _dialects(text: str, encoding: str, separators: Sequence[str]) -> Iterator[Dialect]:
    """Give the ways to divide a text, the usual ones first."""
    styles = [('"', '"')]
    if "\\" in text:
        styles.append(('"', "\\"))
    styles.append(("", ""))
    if len(QUOTED.findall(text[:20_000])) > 2:
        styles.append(("'", "'"))
    for separator in separators:
        for quote, escape in styles:
            if separator in text:
                yield Dialect(separator, quote, escape, encoding, True, 0)
    yield Dialect(separators[0], '"', '"', encoding, True, 0)


def _records(text: str, dialect: Dialect) -> Iterator[tuple[int, Sequence[str], bool]]:
    """Give position, fields and soundness of the first records, blank lines left out."""
    parser, at = RecordParser(dialect), 0
    for _ in range(SAMPLE):
        while at < len(text) and text[at] in "\r\n":
            at += 1
        if at >= len(text):
            return
        record = parser.parse(text, at, len(text))
        yield at, record.fields, not record.flaw
        at = record.end
        if record.flaw:
            end = LINE_END.search(text, max(at, 1))
            at = end.end() if end else len(text)


def _measured(text: str, dialect: Dialect) -> Layout:
    records = [
        (at, fields, is_sound and not _keeps_quotes(fields, dialect))
        for at, fields, is_sound in _records(text, dialect)
    ]
    widths = Counter(len(fields) for _, fields, is_sound in records if is_sound)
    if not widths:
        return Layout(dialect, 1, 0.0)
    width = max(widths, key=lambda fields: (widths[fields], fields))
    begin = _first_of_table(records, width)
    skipped = line_count_of(text[:begin]) if begin else 0
    is_late = any(fields and len(fields) >= width for at, fields, _ in records if at < begin)
    share = widths[width] / len(records)
    if all(len(it) > 2 and it[0] == it[-1] == "'" for it in records[0][1]):
        share *= 0.9
    alike = [fields for _, fields, is_sound in records if is_sound and len(fields) == width]
    filled = sum(any(fields[at].strip() for fields in alike) for at in range(width))
    layout = Layout(replace(dialect, skip_lines=skipped), width, share, filled, begin)
    return replace(layout, share=share / 2) if is_late else layout


def _keeps_quotes(fields: Sequence[str], dialect: Dialect) -> bool:
    """Tell whether a record has fields in quotes that a dialect without them would keep."""
    return dialect.quote != '"' and any(field.startswith('"') for field in fields)


def _first_of_table(records: Sequence[tuple[int, Sequence[str], bool]], width: int) -> int:
    """Return where the first record of a table is; a title with empty fields is none."""
    alike = [(at, fields) for at, fields, is_sound in records if is_sound and len(fields) == width]
    filled = [sum(bool(field.strip()) for field in fields) for _, fields in alike]
    usual = max(Counter(filled), key=lambda count: (Counter(filled)[count], count))
    if width > 2 and usual > width / 2:
        return next(at for (at, _), count in zip(alike, filled, strict=True) if count > 1)
    return alike[0][0]


def _score(layout: Layout) -> tuple[float, int, float]:
    """Return how good a layout is: several fields, alike in most records, and few special marks."""
    dialect = layout.dialect
    is_usual = (dialect.quote == '"') + (dialect.escape == dialect.quote)
    skipped = min(dialect.skip_lines, 20) / 100
    share = round(layout.share - skipped, 2) if layout.filled > 1 else 0.0
    return (share, layout.filled, is_usual + len(dialect.separator) / 10)


def _with_header(text: str, layout: Layout) -> Layout:
    table = _records(text[layout.begin :], layout.dialect)
    records = [fields for _, fields, _ in table if len(fields) == layout.width]
    if not records:
        return layout
    first, rest = tuple(field.strip() for field in records[0]), records[1:]
    differs = any(
        not VALUE.fullmatch(name) and _has_values_alone(fields[at].strip() for fields in rest)
        for at, name in enumerate(first)
    )
    named = [at for at, name in enumerate(first) if name]
    repeated = sum(first[at] in {fields[at].strip() for fields in rest} for at in named)
    is_data = not differs and 2 * repeated > len(named)
    doubt = ""
    if not named or is_data or not _is_header(first, rest):
        doubt = "its first line seems to be data, so the columns are numbered"
        dialect = replace(layout.dialect, header=False)
        return replace(layout, dialect=dialect, has_header=False, doubt=doubt)
    if not differs and not any(map(NUMBER_NAME.fullmatch, first)):
        doubt = "whether its first line has names is not certain: no column differs from its name"
    return replace(layout, names=first, doubt=doubt)


def _has_values_alone(texts: Iterable[str]) -> bool:
    """Tell whether a column has numbers, dates or addresses, and no other text."""
    filled = [text for text in texts if text]
    return bool(filled) and all(map(VALUE.fullmatch, filled))


def _is_header(first: Sequence[str], rest: Sequence[Sequence[str]]) -> bool:
    """Tell whether a record has names: texts, and maybe numbers such as years, each once."""
    numbers = {at: name for at, name in enumerate(first) if VALUE.fullmatch(name) and name}
    if not all(NAME.fullmatch(name) for at, name in enumerate(first) if name and at not in numbers):
        return False
    if not numbers:
        return True
    if len(numbers) in (1, 2, len(first)) or not all(map(NUMBER_NAME.fullmatch, numbers.values())):
        return False
    counted_up = [int(name) for name in numbers.values()]
    is_series = {b - a for a, b in pairwise(counted_up)} == {1}
    below = (fields[at].strip() for at in numbers for fields in rest)
    is_unlike = len({*counted_up}) == len(counted_up) and not any(map(NUMBER_NAME.fullmatch, below))
    return bool(rest) and (is_series or is_unlike)
