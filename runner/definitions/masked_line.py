"""A line of the project's files as it may be shown: without secrets."""

import re
from collections.abc import Callable

from runner.errors import Location
from runner.secret_values import HIDDEN, without_passwords

ReadLine = Callable[[str, int], str | None]
"""Returns a line (from 1) of a file of the project, or None where it cannot be read."""

SECRET = re.compile(
    r"(?<![\w-])(?P<key>[\w-]*(?:password|passphrase|secret|token|private_key|account_key|access_key|api_key"
    r"|credential|connection_string|sas_|webhook)[\w-]*)(?P<colon>[\"']?\s*:\s*)(?P<value>\S.*)",
    re.IGNORECASE,
)
OPTION = re.compile(r"(?P<key>\bkey)(?P<colon>[\"']?\s*:\s*)(?P<value>\S.*)")
"""The key of an account, below `options`; elsewhere `key` names columns."""
OPENED = re.compile(r"\s*(?:- +)*(?P<key>[\w-]+)[\"']?\s*:\s*([|>]|\s*(#|$))")
"""A line whose value begins on the next one."""
ENCODED = re.compile(r"[A-Za-z0-9+/=_-]{40,}|-----BEGIN .*")
"""A line of a key, or of something else that is encoded."""
FROM_ENVIRONMENT = re.compile(
    r"[\"']?\{\{\s*env_var\(\s*['\"]\w*['\"]\s*\)\s*\}\}[\"']?\s*[,}]*\s*(#.*)?"
)


def masked_line(location: Location, line: str, read_line: ReadLine) -> str:
    """Return the line at a location with `***` in place of secrets.

    These are values after a secret's key, the lines of one that has several, and passwords of URLs.
    """
    return _masked(line, _owner(location, line, read_line))


def _owner(location: Location, line: str, read_line: ReadLine) -> str:
    """Return the key that a line belongs to: of the nearest line above that is indented less."""
    depth = len(line) - len(line.lstrip())
    for number in range(location.line - 1, 0, -1):
        above = read_line(location.file, number) or ""
        if above.strip() and len(above) - len(above.lstrip()) < depth:
            opened = OPENED.match(above)
            return opened["key"] if opened else ""
    return ""


def _masked(line: str, owner: str) -> str:
    indented = line[: len(line) - len(line.lstrip())]
    if ENCODED.fullmatch(line.strip()) or (
        SECRET.match(f"{owner}: value") and not FROM_ENVIRONMENT.fullmatch(line.strip(" -"))
    ):
        return indented + HIDDEN
    found = SECRET.search(line)
    is_option = owner == "options" or "options" in line.partition("key")[0]
    if not found and is_option:
        found = OPTION.search(line)
    if found and not FROM_ENVIRONMENT.fullmatch(found["value"]):
        line = line[: found.start("value")] + HIDDEN
    return without_passwords(line)
