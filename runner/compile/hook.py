"""Hooks of models: statements before and behind one, which change no table that goals fill."""

import re
from collections.abc import Collection

from runner.compile.one_select import PASSED_OVER
from runner.errors import choices

NAME = r'(?:"(?:[^"]|"")*"|\w+)'
THING = r"(?P<kind>table|view|macro|function|schema|type|sequence)"
STATEMENT = re.compile(
    rf"""(?:
        create\s+(?:or\s+replace\s+)?(?:temp\s+|temporary\s+)?{THING}\s+(?:if\s+not\s+exists\s+)?
        |(?:drop|alter)\s+(?P<changed>table|view|macro|function|schema|type|sequence)\s+
            (?:if\s+exists\s+)?
        |comment\s+on\s+(?:table|view|column|macro|function|type|sequence)\s+
        |insert\s+(?:or\s+(?:replace|ignore)\s+)?into\s+
        |update\s+|delete\s+from\s+|truncate\s+(?:table\s+)?|merge\s+into\s+|analyze\s+
    )(?P<name>{NAME}(?:\s*\.\s*{NAME})*)""",
    re.VERBOSE | re.IGNORECASE,
)
VERBS: tuple[str, ...] = (
    "create",
    "drop",
    "alter",
    "comment on",
    "insert into",
    "update",
    "delete from",
)
VERBS += ("truncate", "merge into", "analyze")
PARTS = re.compile(NAME)
OWN_SCHEMAS = ("runner", "segments")
"""Schemas whose tables runner alone fills."""
COMMENT = re.compile(r"--[^\n]*|/\*.*?\*/", re.DOTALL)


def hook_fault(sql: str, filled: Collection[str]) -> str:
    """Return why a statement is no hook; empty where it is one.

    `filled` are the tables in `main` that goals fill.
    """
    plain = COMMENT.sub(" ", sql).strip()
    if ";" in PASSED_OVER.sub("x", plain).rstrip("; \n"):
        return "a hook is one statement: write several as a list"
    found = STATEMENT.match(plain)
    if found is None:
        return f"a hook begins with one of {choices(VERBS)}, and names what it changes"
    parts = [_unquoted(part) for part in PARTS.findall(found["name"])]
    is_schema = "schema" in ((found["kind"] or found["changed"]) or "").lower()
    if re.match(r"comment\s+on\s+column", plain, re.IGNORECASE):
        parts = parts[:-1]
    schema = parts[0] if is_schema or len(parts) > 1 else "main"
    table = "" if is_schema else parts[-1]
    is_ours = schema in OWN_SCHEMAS or (schema == "main" and (is_schema or table in filled))
    if len(parts) > 2 or is_ours:
        return f"a hook cannot change {found['name']}: only tables and functions of the project"
    return ""


def _unquoted(name: str) -> str:
    plain = name[1:-1].replace('""', '"') if name.startswith('"') else name
    return plain.lower()
