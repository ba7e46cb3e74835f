"""The error of a statement that Spark refused, at the line of the YAML or SQL that a user wrote."""

import re
from dataclasses import dataclass

from runner.errors import ExecutionError, shape
from runner.model import Model
from runner.secret_values import SECRETS

PLACE = re.compile(
    r"\(line (?P<parsed>\d+), pos \d+\)|; line (?P<analyzed>\d+) pos \d+"
    r"|== SQL \(line (?P<run>\d+), position \d+\)|found .* at (?P<at>\d+):\d+"
)
"""Where a message says it points: Spark by the line, in three ways; Sail by the character."""
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
FROM_PYTHON = "PythonException"
RAISED = re.compile(r"^(?:\w+\.)*(\w+(?:Error|Exception)): (.*)$", re.MULTILINE)
"""The last line of a traceback."""
ABOUT_MACHINE = ("ModuleNotFoundError", "ImportError", "PySparkRuntimeError")
"""What Python raises where a library or its own version is not the one that is needed."""
TEMPLATES = "runner/sql/"
"""Where the built-in SQL is: its lines say less than the name of the model."""


@dataclass(frozen=True)
class Sent:
    """A query, and its text as a server was sent it, with the same lines."""

    query: str = ""
    text: str = ""


def failure_message(error: BaseException, written: str = "") -> str:
    """Return what an error says, in one line; values that may be data as their shape (B7)."""
    if UNAVAILABLE in str(error):
        return "Spark Connect does not answer: the server has ended, or the network to it"
    kind = type(error).__name__
    if kind == FROM_PYTHON:
        return SECRETS.hide(f"Python error on the cluster: {_of_python(str(error), written)}")
    text = " ".join(SUGGESTION.sub("", str(error)).split()) or kind
    if kind not in BEFORE_DATA:
        text = _masked(text, written)
    return SECRETS.hide(f"{kind.removesuffix('Exception')} error: {text}")


def _of_python(message: str, written: str) -> str:
    """Return what the last line of a traceback says."""
    kind, text = [("error", "it has no traceback"), *RAISED.findall(message)][-1]
    return f"{kind}: {text if kind in ABOUT_MACHINE else _masked(text, written)}"


def _masked(text: str, written: str) -> str:
    """Return a text in which what may be data is its shape, unless the SQL holds it."""
    return QUOTED.sub(lambda part: part[0] if part[0] in written else shape(part[0]), text)


def execution_error(error: BaseException, model: Model, sent: Sent) -> ExecutionError:
    """Return the error a user sees: at the line of the YAML or SQL that made the model."""
    location = model.location_at(_position(str(error), model, sent))
    is_users = location is not None and not location.file.startswith(TEMPLATES)
    message = failure_message(error, model.sql)
    return ExecutionError(
        message if is_users else f"{model.name}: {message}",
        location,
        hint=f"compiled to target/compiled/{model.path}" if model.path else "",
    )


def _position(message: str, model: Model, sent: Sent) -> int | None:
    """Return the character of the model that a message points at; lines are those that we sent."""
    if "found end of input" in message:
        return len(model.sql.rstrip())
    found = PLACE.search(message)
    if found is None:
        return None
    line = found["parsed"] or found["analyzed"] or found["run"]
    before = int(line) - 1 if line else sent.text[: int(found["at"])].count("\n")
    before -= _lines_before(model.sql, sent.query)
    lines = model.sql.split("\n")
    return sum(len(line) + 1 for line in lines[: max(0, min(before, len(lines) - 1))])


def _lines_before(sql: str, query: str) -> int:
    """Return how many lines of a query, which may be a statement around a model, are before it."""
    begins = query.find(sql.strip())
    return query.count("\n", 0, begins) if begins > 0 else 0
