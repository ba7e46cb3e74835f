"""Which names of a remote listing are taken (F1)."""

import re

# Control characters, and the two separators that end a line in logs and terminals.
CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]")


def name_fault(name: str | bytes) -> str:
    """Return why a name of a listing is refused (F1); empty when it is a plain name.

    A plain name is valid UTF-8, stays inside the listed directory and has no control
    characters: it can be joined to a path, shown on a terminal and written to a log.
    """
    try:
        text = name.decode() if isinstance(name, bytes) else name
        text.encode()
    except UnicodeError:
        return "the name is not valid UTF-8"
    if text in ("", ".", ".."):
        return "the name is not that of a file"
    if "/" in text:
        return "the name leads outside the listed directory"
    if CONTROL.search(text):
        return "the name has control characters"
    return ""


def shown(name: str | bytes) -> str:
    """Return a name in quotes, with everything odd in it escaped."""
    if isinstance(name, str):
        return ascii(name) if CONTROL.search(name) else repr(name)
    try:
        return shown(name.decode())
    except UnicodeDecodeError:
        return repr(name).removeprefix("b")


def printable(text: str) -> str:
    """Return a server's words fit for a terminal: one line, no control characters."""
    return CONTROL.sub(" ", text).strip()
