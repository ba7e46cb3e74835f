"""Hashes of identifiers as the warehouse keeps them."""

import hashlib


def hashed(identifier: str, value: str) -> str:
    """Return the hash of an identifier's value."""
    return hashlib.sha256(f"{identifier}|{value}".encode()).hexdigest()
