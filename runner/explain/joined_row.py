"""A row of a profile, read again from the staged lines that it was joined from."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from runner.compile.expression import FileColumn
from runner.compile.import_plan import ImportPlan
from runner.explain.profile_ledger import LedgerRow


class ReadValue(NamedTuple):
    """A value of a row: its text after all steps, and what it is read as."""

    text: str | None
    # A list, where the property has several.
    value: Any
    # The text, where it is no value.
    rejected: str | None


@dataclass(frozen=True)
class JoinedRow:
    """A row of a profile, read again."""

    ledger: LedgerRow
    plan: ImportPlan
    # Place among the rows of its line.
    number: int
    # File source -> origin of its line; None where a chained file has no partner.
    origins: Mapping[str, int | None]
    # Name of what is mapped -> its value.
    values: Mapping[str, ReadValue]
    # The texts of files.
    columns: Mapping[FileColumn, str | None]
    # Identifier -> its value.
    keys: Mapping[str, str]
    # File source -> the hash of its line, of those that are summed.
    line_hashes: Mapping[str, int]
    # Hash of what identifies the line for others to replace it; None where nothing can.
    key_hash: int | None
    # Whether it has the content with which it was applied: the definition, and the lines, are the
    # same.
    is_exact: bool
    # Whether a later line, or a new version of its file, took back what it gave.
    is_retracted: bool = False
