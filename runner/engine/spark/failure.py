"""The error of a statement that Spark refused, at the line of the YAML or SQL that a user wrote."""

import re

from runner.errors import ExecutionError, shape
from runner.model import Model
from runner.secret_values import SECRETS

PLACE = re.compile(r"\(line (?P<line>\d+), pos (?P<column>\d+)\)|found .* at (?P<at>\d+):\d+")
"""Where a message says it points: Spark by line and column, Sail by character."""
UNAVAILABLE = "StatusCode.UNAVAILABLE"
SUGGESTION = re.compile(r"\s*(JVM stacktrace:|== SQL|SQLSTATE:|JVM|Caused by).*", re.DOTALL)
QUOTED = re.compile(r"'[^']*'|\"[^\"]*\"|\b\d[\d.:T-]*\b")
BEFORE_DATA = (
    "AnalysisException",
    "ParseException",
    "IllegalArgumentException",
    "UnsupportedOperationException",
)
"""Kinds of errors that are raised before a row is read: they hold what the user wrote."""
TEMPLATES = "runner/sql/"
"""Where the built-in SQL is: its lines say less than the name of the model."""


def failure_message(error: BaseException, written: str = "") -> str:
    """Return what an error says, in one line; values that may be data as their shape (B7)."""
    if UNAVAILABLE in str(error):
        return "Spark Connect does not answer: the server has ended, or the network to it"
    kind = type(error).__name__
    text = " ".join(SUGGESTION.sub("", str(error)).split()) or kind
    if kind not in BEFORE_DATA:
        text = QUOTED.sub(lambda found: found[0] if found[0] in written else shape(found[0]), text)
    return SECRETS.hide(f"{kind.removesuffix('Exception')} error: {text}")


def execution_error(error: BaseException, model: Model, sql: str) -> ExecutionError:
    """Return the error a user sees: at the line of the YAML or SQL that made the model."""
    location = model.location_at(_position(str(error), model, sql))
    is_users = location is not None and not location.file.startswith(TEMPLATES)
    message = failure_message(error, model.sql)
    return ExecutionError(
        message if is_users else f"{model.name}: {message}",
        location,
        hint=f"compiled to target/compiled/{model.path}" if model.path else "",
    )


def _position(message: str, model: Model, sql: str) -> int | None:
    """Return the character of the model that a message points at; lines are those that we sent."""
    if "found end of input" in message:
        return len(model.sql.rstrip())
    found = PLACE.search(message)
    if found is None:
        return None
    before = sql[: int(found["at"])].count("\n") if found["at"] else int(found["line"]) - 1
    lines = model.sql.split("\n")
    return sum(len(line) + 1 for line in lines[: min(before, len(lines) - 1)])
