"""Links between files: a column whose values find partners in a unique column of another."""

from collections.abc import Mapping, Sequence

from runner.propose.column import Column
from runner.propose.names import CUSTOMER, is_customer_id, is_id
from runner.propose.proposal import Link, Source

LEAST_PARTNERS = 0.8
"""Share of the values of a column that must be in another file for a link to it."""
GENERIC = ("id", "key", "code", "nr", "number", "no")
"""Names of keys that every file may have: they link only where the file is named as well."""
FEWEST = 3
"""Distinct values that a column must have for a link."""


def best_link(above: Sequence[Source], source: Source) -> Link | None:
    """Return the best link of a file to those above: to the column with the most partners.

    None where none of its columns links it.
    """
    best: Link | None = None
    for key in source.columns:
        if not key.source.is_unique:
            continue
        for other in above:
            for column in other.columns:
                link = _measured(source, key, other, column)
                if link and (best is None or _rank(link) > _rank(best)):
                    best = link
    return best


def _measured(source: Source, key: Column, other: Source, column: Column) -> Link | None:
    values = column.source.values
    if len(values) < FEWEST or (column.source.is_unique and not is_id(column.name)):
        return None
    partners = sum(text in key.source.values for text in values)
    is_named = _is_named(source, key, column)
    # Small numbers are in every column of numbers: the names must agree as well.
    if partners < LEAST_PARTNERS * len(values) or not (is_named or _is_telling(values)):
        return None
    return Link(key.source.name, f"{other.name}.{column.source.name}", partners, len(values))


def _is_named(source: Source, key: Column, column: Column) -> bool:
    """Tell whether the name of a column says that it holds keys of a source: `order_id`, orders."""
    thing = _singular(source.name)
    is_of_person = bool(CUSTOMER.fullmatch(thing)) and is_customer_id(column.name)
    is_of_source = is_id(column.name) and (thing in column.name or is_of_person)
    is_same = key.source.name.lower() == column.source.name.lower() or key.name == column.name
    return is_of_source if key.name in GENERIC else is_same or is_of_source


def _rank(link: Link) -> tuple[float, int]:
    return (link.partners / link.values, link.partners)


def _singular(name: str) -> str:
    return name.rpartition("_")[2].rstrip("s")


def _is_telling(values: Mapping[str, int]) -> bool:
    """Tell whether values are in no other column by chance: long, or with letters."""
    return sum(len(text) > 4 and not text.isdigit() for text in values) > 0.9 * len(values)
