"""The error of a failed statement, at the line of the YAML or SQL that a user wrote."""

import json
import re
from dataclasses import dataclass
from pathlib import Path

import duckdb

from runner.engine.duckdb.message_words import TYPES, WORDS
from runner.errors import ExecutionError, nearest, shape
from runner.model import Model
from runner.secret_values import SECRETS, SHORTEST

DECODER = json.JSONDecoder()
BEFORE_DATA = ("Parser", "Syntax", "Binder", "Catalog")
"""Kinds of errors that the engine raises before it reads a row: they hold what the user wrote."""
OF_MACHINE = ("IO", "Out of Memory", "Interrupt", "Permission")
"""Kinds that are about files, memory and signals."""
WORD = re.compile(r"\w+(?:'[a-z]\b)?")
PART = re.compile(rf"""(?<!\w)(?:'[^']*'|"[^"]*")(?!\w)|{WORD.pattern}""")
"""What a message quotes, and its other words."""
SENTENCE = re.compile(r"(?:^|[.!?:]\s+)$")

TEMPLATES = "runner/sql/"
"""Where the built-in SQL is: its lines say less than the name of the model."""


@dataclass(frozen=True)
class Failure:
    """The parts of an engine's error."""

    message: str
    # Character of the statement that it points at; None where it points nowhere.
    position: int | None = None


def read_failure(error: duckdb.Error, written: str = "") -> Failure:
    """Read an error that was raised with `errors_as_json`.

    `written` is SQL of the user. Words that are neither in it nor the engine's own may be data:
    of them the shape is left (B7).
    """
    text = str(error)
    start = text.find("{")
    try:
        # Behind the JSON of an internal error stands how to report it.
        parts, _ = DECODER.raw_decode(text[start:]) if start >= 0 else ({}, 0)
    except json.JSONDecodeError:
        parts = {}
    if "exception_message" not in parts:
        kind, _, message = text.split("\n\n")[0].partition(" Error: ")
        return Failure(f"{kind} error: {_masked(kind, message, written)}")
    position = parts.get("position")
    kind, message = parts.get("exception_type", "Engine"), str(parts["exception_message"])
    message = f"{kind} error: {_masked(kind, message, written)}"
    return Failure(message, int(position) if position is not None else None)


def _masked(kind: str, message: str, written: str) -> str:
    """Return a message with the shape of what may be data, and of secrets."""
    # A pivot makes columns of values before it reads the others.
    if kind in OF_MACHINE or (kind in BEFORE_DATA and "pivot" not in written.lower()):
        return WORD.sub(_without_secret, message)
    users = frozenset(WORD.findall(written))

    def masked(found: re.Match[str]) -> str:
        part = found[0]
        if part[0] in "'\"":
            is_known = part[1:-1] in written or _is_path(part[1:-1])
        else:
            begins = SENTENCE.search(message, 0, found.start()) is not None
            is_known = part in users or _is_engines(part, begins)
        return WORD.sub(_without_secret, part) if is_known else shape(part)

    return PART.sub(masked, message)


def _is_path(text: str) -> bool:
    """Tell whether a text is the path of a file of this machine, such as that of the warehouse."""
    try:
        path = Path(text)
        return path.is_absolute() and path.parent.is_dir()
    except (OSError, ValueError):
        return False


def _is_engines(word: str, begins: bool) -> bool:
    """Tell whether a word is one of the engine's; `begins` where a sentence begins with it."""
    if word == "a" or TYPES.fullmatch(word):
        return True
    return (word[:1].lower() + word[1:] if begins else word) in WORDS


def _without_secret(found: re.Match[str]) -> str:
    word = found[0]
    is_secret = len(word) >= SHORTEST and word.lower() in SECRETS.words
    return shape(word) if is_secret and word not in WORDS else word


def execution_error(error: duckdb.Error, model: Model, statement: str) -> ExecutionError:
    """Return the error a user sees: at the line of the YAML or SQL that made the model."""
    failure = read_failure(error, model.sql)
    position = failure.position
    if position is not None:
        characters = len(statement.encode()[:position].decode(errors="ignore"))
        position = max(0, characters - statement.find(model.sql))
    message, _, _ = failure.message.partition("\n\tCandidate functions")
    message = " ".join(message.split())
    if "VARCHAR" in message and "cast" in message:
        message += " (columns of files are text: cast them where a number or a date is needed)"
    if "does not exist" in message and "Did you mean" not in message and model.depends_on:
        message += nearest(message.split("'")[-1], model.depends_on)
    location = model.location_at(position)
    is_users = location is not None and not location.file.startswith(TEMPLATES)
    return ExecutionError(
        message if is_users else f"{model.name}: {message}",
        location,
        hint=f"compiled to target/compiled/{model.path}" if model.path else "",
    )
