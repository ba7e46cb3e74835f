"""The forms of statements that change a warehouse, as they begin."""

import re

from runner.engine.spark.tokens import Token, split_at, text_of, tokens_of

PART = r'(?:"(?:[^"]|"")*"|\w+)'
RELATION = rf"(?P<relation>{PART}(?:\.{PART})*)"
FORMS = {
    "schema": rf"create\s+schema\s+(?:if\s+not\s+exists\s+)?{PART}",
    "created": (
        r"create\s+(?:or\s+replace\s+)?(?P<temporary>temp(?:orary)?\s+)?(?P<kind>table|view)\s+"
        rf"(?P<unless>if\s+not\s+exists\s+)?{RELATION}\s*(?:as\b(?P<select>.*)|\((?P<columns>.*)\))"
    ),
    "inserted": (
        rf"insert\s+into\s+{RELATION}(?P<by_name>\s+by\s+name\b)?\s*"
        r"(?:\((?P<columns>[^()]*)\)\s*(?=values|select|with))?(?P<select>.*)"
    ),
    "deleted": r"delete\s+from\s+(?P<rest>.*)",
    "updated": r"update\s+(?P<rest>.*)",
    "emptied": rf"truncate\s+{RELATION}",
    "dropped": rf"drop\s+(?P<kind>table|view)\s+(?:if\s+exists\s+)?{RELATION}",
    "column_added": (
        rf"alter\s+table\s+{RELATION}\s+add\s+column\s+(?P<unless>if\s+not\s+exists\s+)?"
        rf"(?P<column>{PART})\s+(?P<type>.*)"
    ),
    "column_dropped": rf"alter\s+table\s+{RELATION}\s+drop\s+column\s+(?P<column>{PART})",
    "column_changed": (
        rf"alter\s+table\s+{RELATION}\s+alter\s+column\s+(?P<column>{PART})\s+"
        r"type\s+(?P<type>.*?)(?:\s+using\s+(?P<value>.*))?"
    ),
    "commented": (
        rf"comment\s+on\s+(?P<kind>table|view|column)\s+{RELATION}\s+is\s+(?P<comment>.*)"
    ),
    "described": r"describe\s+(?P<select>.*)",
}
COMPILED = {name: re.compile(rf"\s*{form}\s*", re.I | re.S) for name, form in FORMS.items()}


def form_of(sql: str) -> tuple[str, dict[str, str]]:
    """Return what a statement does, and its parts; `query` where it only reads."""
    for name, pattern in COMPILED.items():
        found = pattern.fullmatch(sql)
        if found is not None:
            return name, {key: part or "" for key, part in found.groupdict().items()}
    return "query", {}


def statements_of(sql: str) -> list[str]:
    """Split SQL into its statements, without comments before them."""
    return [text_of(_begun(part)) for part in split_at(tokens_of(sql), ";")]


def _begun(tokens: list[Token]) -> list[Token]:
    first = next(place for place, token in enumerate(tokens) if token.kind != "space")
    return tokens[first:]
