"""The error of a failed statement, at the line of the YAML or SQL that a user wrote."""

import json
import re
from dataclasses import dataclass

import duckdb

from runner.errors import ExecutionError, nearest, shape
from runner.model import Model

DECODER = json.JSONDecoder()
ABOUT_VALUES = ("Conversion", "Out of Range", "Invalid Input", "Constraint")
"""Kinds of errors that quote the value that they are about: it may be a person's."""
VALUES = re.compile(
    r"(?<=with value |cast value )[^'\"\s]+|(?<=\n)[^\n]*(?=\n *\^)|'.*'|\".*\"|\(.*\)"
    r"|\S+@\S+",
    re.DOTALL,
)
"""What they quote, from the first mark to the last: a value may hold such marks itself. An e-mail
address that the SQL of a project passes to `error()` has no marks around it."""


@dataclass(frozen=True)
class Failure:
    """The parts of an engine's error."""

    message: str
    # Character of the statement that it points at; None where it points nowhere.
    position: int | None = None


def read_failure(error: duckdb.Error) -> Failure:
    """Read an error that was raised with `errors_as_json`."""
    text = str(error)
    start = text.find("{")
    try:
        # Behind the JSON of an internal error stands how to report it.
        parts, _ = DECODER.raw_decode(text[start:]) if start >= 0 else ({}, 0)
    except json.JSONDecodeError:
        parts = {}
    if "exception_message" not in parts:
        return Failure(text.split("\n\n")[0])
    position = parts.get("position")
    kind, message = parts.get("exception_type", "Engine"), str(parts["exception_message"])
    if kind in ABOUT_VALUES:
        message = VALUES.sub(lambda found: shape(found[0]), message)
    message = f"{kind} error: {message}"
    return Failure(message, int(position) if position is not None else None)


def execution_error(error: duckdb.Error, model: Model, statement: str) -> ExecutionError:
    """Return the error a user sees: at the line of the YAML or SQL that made the model."""
    failure = read_failure(error)
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
    return ExecutionError(
        f"{model.name}: {message}",
        model.location_at(position),
        hint=f"compiled to target/compiled/{model.path}" if model.path else "",
    )
