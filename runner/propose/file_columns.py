"""The columns of a file, typed together: they share one decimal point and one list of formats."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from runner.definitions.moment_format import EPOCHS
from runner.propose.column import (
    BOOLEANS,
    EMAIL,
    KNOWN_BOOLEANS,
    MOST_BAD,
    Column,
    ColumnValues,
    is_flag,
    is_moment,
    keeps_text,
    list_separator,
)
from runner.propose.moments import MomentColumn, epoch_of, settled
from runner.propose.names import MOMENT, is_personal, property_name
from runner.propose.numbers import MARKS, Marks, NumberColumn, chosen_marks, is_certain

USUAL_DIGITS = 18
"""Digits of a decimal that is proposed, where no more are needed."""
MOST_DIGITS = 38
"""Digits that a decimal may have."""


@dataclass
class FileColumns:
    """The columns of a file, and the parts of its format that are about values."""

    columns: list[Column]
    decimal: str = "."
    thousands: str = ""
    date_formats: list[str] = field(default_factory=list)
    datetime_formats: list[str] = field(default_factory=list)
    nulls: list[str] = field(default_factory=list)
    true_words: list[str] = field(default_factory=list)
    false_words: list[str] = field(default_factory=list)
    separator: str = "|"


def typed_columns(found: Sequence[ColumnValues], prefix: str) -> FileColumns:
    """Return the columns of a file with a type that reads their values, and what is doubtful."""
    taken: list[str] = []
    columns = []
    for number, values in enumerate(found, 1):
        name = property_name(values.name, number, taken, prefix)
        taken.append(name)
        columns.append(Column(values, name, is_personal=is_personal(name)))
    made = FileColumns(columns)
    open_columns = [column for column in columns if not _is_plain(column, made)]
    _type_epochs(made, open_columns)
    _type_moments(made, [column for column in open_columns if column.type == "text"])
    _type_numbers(made, [column for column in open_columns if column.type == "text"])
    for column in open_columns:
        if column.type == "text" and not column.notes:
            _type_list(made, column)
    typed = [column for column in columns if column.type != "text"]
    made.nulls = sorted({null for column in typed for null in column.source.nulls})
    for column in columns:
        _add_note_of_nulls(column, made.nulls)
    return made


def _type_list(made: FileColumns, column: Column) -> None:
    """Make a column one of several values where its texts are; the file has one separator."""
    mark = list_separator(column.source)
    others = {other.multi for other in made.columns if other.multi}
    if mark and (not others or mark in others):
        column.multi = made.separator = mark
        column.notes.append(f"several values, divided at `{mark}`")


def _is_plain(column: Column, made: FileColumns) -> bool:
    """Type a column without values, of addresses, or of words for true and false."""
    values = column.source
    if not values.values:
        column.notes.append("text: no record has a value")
        return True
    addresses = sum(count for text, count in values.values.items() if EMAIL.fullmatch(text))
    if addresses >= (1 - MOST_BAD) * values.count:
        column.is_email = column.is_personal = True
        if addresses < values.count:
            column.notes.append(f"{values.count - addresses:,} values are no e-mail address")
        return True
    words = is_flag(values, column.name)
    if words is None:
        return False
    column.type = "boolean"
    if words in BOOLEANS[KNOWN_BOOLEANS:]:
        made.true_words, made.false_words = (
            [*dict.fromkeys((*made.true_words, words[0]))],
            [*dict.fromkeys((*made.false_words, words[1]))],
        )
    return True


def _type_epochs(made: FileColumns, columns: Sequence[Column]) -> None:
    """Type numbers that count from 1970 on; seconds come first, as they read the fewest numbers."""
    for column in columns:
        written = epoch_of(column.source.values) if MOMENT.fullmatch(column.name) else ""
        if written:
            column.type, column.formats = "datetime", (written,)
            column.notes.append(f"numbers that count from 1970 on: `{written}`")
    found = {written for column in columns for written in column.formats}
    made.datetime_formats += [written for written in EPOCHS if written in found]


def _type_moments(made: FileColumns, columns: Sequence[Column]) -> None:
    measured = [(column, column.moments) for column in columns]
    dated = [item for item in measured if is_moment(item[1], item[0].source, item[0].name)]
    certain = {
        written
        for _, moments in dated
        for written in settled(moments, ()) or ()
        if not moments.mixed
    }
    for column, moments in dated:
        _type_moment(made, column, moments, certain)


def _type_moment(
    made: FileColumns, column: Column, moments: MomentColumn, certain: set[str]
) -> None:
    chosen = settled(moments, certain)
    if moments.mixed or (chosen and _contradicts(chosen, made)):
        column.notes.append(
            "text: some values have the day first and others the month, so no format reads all"
        )
        return
    if chosen is None:
        first, second = sorted(next(iter(moments.ways[moments.doubtful[0]][:1])))
        column.notes.append(f"text: {first} and {second} read every value; state which it is")
        return
    is_time = moments.timed > 0
    column.type = "datetime" if is_time else "date"
    column.formats = tuple(chosen)
    column.unread = moments.others
    for written in chosen:
        formats = made.datetime_formats if "%H" in written or "%I" in written else made.date_formats
        if written not in formats:
            formats.append(written)
    if moments.doubtful:
        column.notes.append(f"read as {chosen[0]}, as another column of the file is")
    if moments.short_years:
        column.notes.append("years have two digits: 69 to 99 are read as 19.., see `century_pivot`")


def _contradicts(chosen: Sequence[str], made: FileColumns) -> bool:
    """Tell whether formats read values of others' columns in another way: %d/%m beside %m/%d."""
    others = {*made.date_formats, *made.datetime_formats}
    swapped = {
        other.replace("%d", "%!").replace("%m", "%d").replace("%!", "%m").partition(" ")[0]
        for other in others
        if not other.startswith("%Y")
    }
    return any(written.partition(" ")[0] in swapped for written in chosen)


def _type_numbers(made: FileColumns, columns: Sequence[Column]) -> None:
    measured = [
        (column, numbers)
        for column in columns
        if (numbers := column.numbers) and not column.notes and _is_number(column, numbers)
    ]
    marks = chosen_marks(numbers for _, numbers in measured)
    if marks is not None:
        made.decimal, made.thousands = marks
    for column, numbers in measured:
        _type_number(column, numbers, marks)
    for column in columns:
        if column.type == "text" and not column.notes:
            _add_note_of_money(column)


def _is_number(column: Column, numbers: NumberColumn) -> bool:
    """Tell whether nearly all values are amounts by some marks; else say why digits stay text."""
    best = max((numbers.fitting[marks] for marks in MARKS), default=0) + numbers.with_zero
    if best < (1 - MOST_BAD) * column.source.count:
        return False
    note = keeps_text(numbers, column.name)
    if note.startswith("text:"):
        column.notes.append(note)
    return not note


def _type_number(column: Column, numbers: NumberColumn, marks: Marks | None) -> None:
    fractions = max(numbers.fitting[item] for item in MARKS) > numbers.whole
    if not fractions:
        column.type = "integer"
        column.unread = column.source.count - numbers.whole
        return
    if marks is None:
        column.notes.append(
            "text: 1.234 is a thousand or a bit more than one; state `decimal` and `thousands`"
        )
        return
    unread = column.source.count - numbers.fitting[marks]
    if unread > MOST_BAD * column.source.count:
        column.notes.append(
            f"text: its numbers are not written with the decimal '{marks[0]}' of other columns"
        )
        return
    scale = max(2, numbers.digits)
    precision = max(USUAL_DIGITS, numbers.whole_digits + scale)
    if precision > MOST_DIGITS:
        column.notes.append(f"text: its numbers have more than {MOST_DIGITS} digits")
        return
    column.type = f"decimal({precision},{scale})"
    column.unread = unread
    if not is_certain(numbers, marks):
        column.notes.append(
            f"read with the decimal '{marks[0]}', as other columns are, not with thousands"
        )


def _add_note_of_money(column: Column) -> None:
    numbers, count = column.numbers, column.source.count
    if numbers.money and numbers.amounts >= (1 - MOST_BAD) * count:
        column.notes.append("text: amounts with a sign; the macro parse_money makes them numbers")
    elif numbers.percent >= (1 - MOST_BAD) * count > 0:
        column.notes.append("text: percentages; the macro parse_percent makes them numbers")


def _add_note_of_nulls(column: Column, nulls: Sequence[str]) -> None:
    if column.unread:
        kind = column.type.partition("(")[0]
        column.notes.append(
            f"{column.unread:,} of {column.source.count:,} values are no {kind}, and are set aside"
        )
    for null, count in sorted(column.source.nulls.items() if column.type == "text" else ()):
        means = "no value here too" if null in nulls else "a text"
        column.notes.append(f"{null} is {means}: {count:,} times")
