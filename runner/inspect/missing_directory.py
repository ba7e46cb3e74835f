"""Directories that are not there yet: an export makes its own (X2)."""

WORDS = "no such file or directory"
"""What every kind of connection says of it."""


def is_missing(message: str) -> bool:
    """Tell whether the failure of a connection means that a directory is not there."""
    return WORDS in message.lower()
