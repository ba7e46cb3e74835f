"""The columns of a file as a message may tell them: a first line of data holds no names."""

import re
from collections.abc import Sequence

from runner.errors import shape

VALUE = re.compile(r".*@.*|[-+(]?[0-9][0-9\s.,:/()+-]{2,}|.*[0-9]{5}.*")
"""What is no name of a column: an address, a number, a date."""
HINT = " (the first line seems to be data: state `header: false`, or a list of names)"

SEPARATORS = re.compile(r"[,;|\t]")
ONE_COLUMN = " (that is one column: is `separator` right?)"


def is_data(header: Sequence[str]) -> bool:
    """Tell whether a header looks like a line of values."""
    return any(VALUE.fullmatch(name.strip()) for name in header)


def listed_names(header: Sequence[str]) -> str:
    """Return the names of columns for a message; their shapes where they are no names."""
    names = ", ".join(masked_names(header)) or "none"
    return names + HINT if is_data(header) else names + separator_hint(header)


def separator_hint(header: Sequence[str]) -> str:
    """Return a hint where a header is one name that holds what elsewhere separates names."""
    return ONE_COLUMN if len(header) == 1 and SEPARATORS.search(header[0]) else ""


def masked_names(header: Sequence[str]) -> tuple[str, ...]:
    """Return the names of columns, or the shapes of values that stand in their place."""
    return tuple(map(shape, header)) if is_data(header) else tuple(header)
