"""Hashes of identifiers as the warehouse keeps them."""

import hashlib
from uuid import UUID


def stable_id(text: str) -> str:
    """Return the id that is made from `<identifier>:<value>` (P3)."""
    digits = hashlib.md5(text.encode()).hexdigest()
    return str(UUID(f"{digits[:12]}8{digits[13:16]}8{digits[17:]}"))


def hashed(identifier: str, value: str) -> str:
    """Return the hash of an identifier's value."""
    return hashlib.sha256(f"{identifier}|{value}".encode()).hexdigest()
