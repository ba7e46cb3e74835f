"""Keys as people hand them over: a path, the text of a key, or that text in base64."""

import binascii
from base64 import b64decode
from pathlib import Path

LONGEST_NAME = 40
"""Characters of a file name, from which a text is rather a key that somebody handed over."""


def from_base64(text: str) -> str | None:
    """Return the text that is in base64 here; None where it is not, or holds no text.

    Line ends, the letters of URLs and padding that lacks do not matter.
    """
    packed = "".join(text.split()).replace("-", "+").replace("_", "/").rstrip("=")
    try:
        return b64decode(packed + "=" * (-len(packed) % 4), validate=True).decode()
    except (binascii.Error, ValueError):
        return None


def shown_path(path: Path) -> str | None:
    """Return a path for messages; None where it may be a secret that is no path at all (B7)."""
    try:
        is_path = path.exists() or (len(path.name) < LONGEST_NAME and path.parent.is_dir())
    except OSError:
        return None
    return str(path) if is_path else None
