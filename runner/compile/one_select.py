"""Whether the SQL of a model or a test is one SELECT that all who read it can run."""

import re

from runner.definitions.sql_file import SqlFile
from runner.errors import Fault, Location

PASSED_OVER = re.compile(
    r"""--[^\n]*|/\*.*?\*/|'(?:[^']|'')*'|"(?:[^"]|"")*"|(\$\w*\$).*?\1""", re.DOTALL
)
"""Comments, texts and names of SQL, in which a semicolon ends nothing."""


NO_SELECT = re.compile(
    r"\s*(?:insert\s+into|update|delete\s+from|merge\s+into|create|drop|alter|truncate|copy|attach"
    r"|set|call|export|import|grant)\b(?!\s*\()",
    re.IGNORECASE,
)
"""How statements begin that return no rows."""
SINGLE_BRACE = re.compile(r"\{\s*(?:ref|source|config|var|this)\b")
"""A function of templates in single braces, which stays as it is written."""
ONLY_HERE = re.compile(r"\btelephone_number\s*\(", re.IGNORECASE)
"""Functions that runner adds to the engine while it runs."""


def called_only_here(file: SqlFile, sql: str) -> list[Fault]:
    """Return what is wrong with a view that calls a function which its readers do not have."""
    called = ONLY_HERE.search(PASSED_OVER.sub("x", sql))
    if called is None:
        return []
    name = called[0].rstrip("( \n")
    line = _line_of(file, ONLY_HERE)
    message = (
        f"a view cannot call `{name}`, which other programs and `runner query` do not have:"
        " write materialized='table'"
    )
    return [Fault(Location(file.location.file, line), message)]


def _line_of(file: SqlFile, pattern: re.Pattern[str]) -> int:
    lines = enumerate(file.text.splitlines(), 1)
    return next((n for n, text in lines if pattern.search(text)), file.location.line)


def not_one_select(file: SqlFile, sql: str) -> list[Fault]:
    """Return what is wrong with rendered SQL that has no statement, or ends one by a semicolon."""
    plain = PASSED_OVER.sub(lambda found: "" if found[0][:2] in ("--", "/*") else "x", sql)
    if not plain.strip(" \t\r\n;"):
        message = "there is no SELECT in this file; write one, or delete the file"
        return [Fault(file.location, message)]
    if verb := NO_SELECT.match(plain):
        said = " ".join(verb[0].split()).lower()
        message = f"a model or a test is one SELECT; found `{said}`: write what returns the rows"
        return [Fault(file.location, f"{message}, or a hook")]
    if brace := SINGLE_BRACE.search(plain):
        line = _line_of(file, SINGLE_BRACE)
        message = f"found `{brace[0].strip()}` in single braces: write `{{{{ ... }}}}`"
        return [Fault(Location(file.location.file, line), message)]
    if ";" not in plain:
        return []
    line = next(
        (n for n, text in enumerate(file.text.splitlines(), 1) if ";" in PASSED_OVER.sub("", text)),
        file.location.line,
    )
    message = "a model or a test is one SELECT: remove the semicolon, and what stands after it"
    return [Fault(Location(file.location.file, line), message)]
