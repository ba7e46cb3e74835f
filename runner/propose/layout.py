"""How the lines of a file are divided: separator, quote, lines to skip, header."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from runner.errors import StageError
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
QUOTED = re.compile(r"(?:^|[^\w\s])'[^'\n]*'(?:[^\w\s]|$)", re.MULTILINE)
NAME = re.compile(r"[^\W\d][\w .,:#/()&%€$°?!'*+-]*", re.UNICODE)
"""What the name of a column looks like."""
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
    # Whether the first line names the columns; what it says then.
    has_header: bool = True
    names: tuple[str, ...] = ()
    # What should be checked; empty where it is certain.
    doubt: str = ""


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
    records = list(_records(text, dialect))
    widths = Counter(len(fields) for _, fields, is_sound in records if is_sound)
    if not widths:
        return Layout(dialect, 1, 0.0)
    width = max(widths, key=lambda fields: (widths[fields], fields))
    begin = next(at for at, fields, is_sound in records if is_sound and len(fields) == width)
    skipped = line_count_of(text[:begin]) if begin else 0
    is_late = any(fields and len(fields) >= width for at, fields, _ in records if at < begin)
    share = widths[width] / len(records)
    alike = [fields for _, fields, is_sound in records if is_sound and len(fields) == width]
    filled = sum(any(fields[at].strip() for fields in alike) for at in range(width))
    layout = Layout(replace(dialect, skip_lines=skipped), width, share, filled)
    return replace(layout, share=share / 2) if is_late else layout


def _score(layout: Layout) -> tuple[float, int, float]:
    """Return how good a layout is: several fields, alike in most records, and few special marks."""
    dialect = layout.dialect
    is_usual = (dialect.quote == '"') + (dialect.escape == dialect.quote)
    skipped = min(dialect.skip_lines, 20) / 100
    share = round(layout.share - skipped, 2) if layout.filled > 1 else 0.0
    return (share, layout.filled, is_usual + len(dialect.separator) / 10)


def _with_header(text: str, layout: Layout) -> Layout:
    records = [
        fields for _, fields, _ in _records(text, layout.dialect) if len(fields) == layout.width
    ]
    if not records:
        return layout
    first, rest = tuple(field.strip() for field in records[0]), records[1:]
    is_named = all(NAME.fullmatch(name) and not VALUE.fullmatch(name) for name in first if name)
    repeated = sum(name in {fields[at].strip() for fields in rest} for at, name in enumerate(first))
    differs = any(
        rest and all(VALUE.fullmatch(fields[at].strip()) for fields in rest)
        for at in range(layout.width)
    )
    has_header = is_named and any(first) and not (repeated and not differs)
    doubt = ""
    if has_header and not differs:
        doubt = "whether its first line has names is not certain: no column differs from its name"
    if not has_header:
        doubt = "its first line seems to be data, so the columns are numbered"
        dialect = replace(layout.dialect, header=False)
        return replace(layout, dialect=dialect, has_header=False, doubt=doubt)
    return replace(layout, names=first, doubt=doubt)
