"""What decides how files are imported, besides the definition of their goal."""

from dataclasses import dataclass


@dataclass(frozen=True)
class BatchTraits:
    """What a batch of files is like, and the ledger that it meets."""

    # Nothing that the goal gave is stored: there is nothing to compare with.
    is_first: bool = False
    # They are all files of the goal, and new ones come before known ones (P8).
    is_late: bool = False
    # More than one is a main file.
    is_several: bool = False
    # The goal changed since they were imported.
    is_redefined: bool = False
    # Rows with a value of `runner.suppressed` are marked.
    is_suppressing: bool = False
    # The rows have all their values, to be looked at.
    is_shown: bool = False


PLAIN = BatchTraits()
"""Files that were imported before."""
