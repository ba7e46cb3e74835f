"""The names of a file's columns as messages show them; a first line of data is masked."""

import re
from collections.abc import Sequence

from runner.errors import shape

VALUE = re.compile(r".*@.*|[-+(]?[0-9][0-9\s.,:/()+-]{2,}|.*[0-9]{5}.*")
"""A text that is not the name of a column: an address, a number, a date."""
HINT = " (the first line seems to be data: state `header: false`, or a list of names)"

SEPARATORS = re.compile(r"[,;|\t]")
ONE_COLUMN = " (that is one column: is `separator` right?)"


def is_data(header: Sequence[str]) -> bool:
    """Tell whether a header looks like a line of values."""
    return any(VALUE.fullmatch(name.strip()) for name in header)


def listed_names(header: Sequence[str]) -> str:
    """Return the names of columns for a message; the shapes of values that are not names."""
    names = ", ".join(masked_names(header)) or "none"
    return names + HINT if is_data(header) else names + separator_hint(header)


def separator_hint(header: Sequence[str]) -> str:
    """Return a hint where a header is one name that holds a separator of other formats."""
    return ONE_COLUMN if len(header) == 1 and SEPARATORS.search(header[0]) else ""


def masked_names(header: Sequence[str]) -> tuple[str, ...]:
    """Return the names of columns, or the shapes of values where the first line is data."""
    return tuple(map(shape, header)) if is_data(header) else tuple(header)
