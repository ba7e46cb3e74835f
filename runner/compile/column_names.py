"""The names of a file's columns as messages show them; a first line of data is masked."""

import re
from collections.abc import Sequence

from runner.errors import shape

VALUE = re.compile(r".*@.*|[-+(]?[0-9][0-9\s.,:/()+-]{2,}|.*[0-9]{5}.*")
"""A text that is not the name of a column: an address, a number, a date."""
HINT = " (the first line seems to be data: state `header: false`, or a list of names)"

KINDS = (
    (re.compile(r"<(!doctype )?html", re.IGNORECASE), " (that is an HTML page, not a table)"),
    (re.compile(r"<"), " (that is XML, not a table)"),
    (re.compile(r"[\[{]"), " (that is JSON, not a table)"),
)
"""How files of other kinds begin, and what messages say of them."""

LINE_END = re.compile(r"[\r\n]")

MOST_NAMES = 40
"""Names that a message lists; of more, the number."""
LONGEST_NAME = 60
"""Characters of a name that a message shows."""

SEPARATORS = re.compile(r"[,;|\t]")
ONE_COLUMN = " (that is one column: is `separator` right?)"


def is_data(header: Sequence[str]) -> bool:
    """Tell whether a header looks like a line of values."""
    if _kind(header).startswith(" (that is JSON"):
        return True
    return any(VALUE.fullmatch(name.strip()) for name in header)


def listed_names(header: Sequence[str]) -> str:
    """Return the names of columns for a message; the shapes of values that are not names.

    Long names are cut, and of many the first are listed.
    """
    names = cut_names(masked_names(header))
    return names + (_kind(header) or (HINT if is_data(header) else separator_hint(header)))


def cut_names(names: Sequence[str]) -> str:
    """Return names with commas between them: the first of many, the beginning of long ones."""
    more = f" and {len(names) - MOST_NAMES:,} more" if len(names) > MOST_NAMES else ""
    return (", ".join(map(cut_name, names[:MOST_NAMES])) or "none") + more


def cut_name(name: str) -> str:
    """Return a name, or the beginning of a long one."""
    return name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 1]}…"


def _kind(header: Sequence[str]) -> str:
    first = header[0] if header else ""
    return next((hint for start, hint in KINDS if start.match(first)), "")


def separator_hint(header: Sequence[str]) -> str:
    """Return a hint where a header is one name that holds a separator of other formats."""
    return ONE_COLUMN if len(header) == 1 and SEPARATORS.search(header[0]) else ""


def masked_names(header: Sequence[str]) -> tuple[str, ...]:
    """Return the names of columns, or the shapes of values where the first line is data.

    A name of several lines may hold lines of data, where a quote of the header is not closed.
    """
    if is_data(header):
        return tuple(map(shape, header))
    return tuple(shape(name) if LINE_END.search(name) else name for name in header)
