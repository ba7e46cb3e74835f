"""The files that one pattern matches, and how they are chained to other files of a goal."""

import re
from collections.abc import Iterable
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, model_validator

from runner.definitions.declaration import Declaration, shorthand
from runner.definitions.duration import Duration
from runner.definitions.format import Format
from runner.definitions.ready import Ready

NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


def _name(value: str) -> str:
    if not NAME.fullmatch(value):
        raise ValueError(f"found '{value}'; expected a name of letters, digits and _")
    return value


def _pattern(value: str) -> str:
    try:
        re.compile(value)
    except re.error as error:
        raise ValueError(f"'{value}' is no regular expression: {error}") from error
    return value


Name = Annotated[str, AfterValidator(_name)]


class Freshness(Declaration):
    """How old the newest file of a source may be (F12)."""

    warn_after: Duration | None = None
    error_after: Duration | None = None

    @model_validator(mode="after")
    def _some(self) -> Self:
        if self.warn_after is None and self.error_after is None:
            raise ValueError("expected `warn_after`, `error_after` or both")
        return self


class FileSource(Declaration):
    """A file source (F1): `path` as a glob, or `directory` and `regex`.

    The first source of a goal is its main file; every other one is joined to a source
    above it by `join: {its column: other_source.column}`.
    """

    path: str | None = None
    directory: str | None = None
    regex: Annotated[str, AfterValidator(_pattern)] | None = None
    # The files are zips, and those in them whose name fits this glob are taken (F7).
    members: str | None = None
    # Column of this file -> `source.column` of a source above it, or expressions over them; all
    # pairs must match.
    join: dict[str, str] = {}
    # Which of the matching files are used: all of them, or the newest alone.
    pick: Literal["all", "latest"] = "all"
    # What proves that a file did not change: its size and time, or its content, which is then
    # downloaded by each build (F5).
    compare: Literal["time", "content"] = "time"
    # The order in which files are applied (F3).
    order_by: Literal["modified", "name"] = "modified"
    # How its files relate to each other (F9): each adds lines, or each version of a file is the
    # whole truth of that file. `full` for chained files, `delta` for main files, where absent.
    feed: Literal["full", "delta"] | None = None
    # Whether equal lines count once, or the second equal line of a file as a line of its own (R10).
    duplicates: Literal["drop", "keep"] = "drop"
    # An inner join: rows without a partner here are left out (and counted as filtered).
    required: bool = False
    # No matching file is no error: every column is then without a value.
    optional: bool = False
    # When its files count as whole (F4), where that differs from the goal.
    ready: Ready | None = None
    # How old its newest file may be (F12).
    freshness: Freshness | None = None
    format: Format | None = None

    @classmethod
    def expand(cls, value: Any) -> Any:
        """Return what was written without its shorthand."""
        if isinstance(value, str):
            return shorthand(value, path=value)
        return value

    @model_validator(mode="after")
    def _one_pattern(self) -> Self:
        if (self.path is None) == (self.regex is None):
            raise ValueError("expected either `path` (a glob) or `directory` with `regex`")
        return self

    @property
    def pattern(self) -> str:
        """Return the pattern as a message shows it."""
        return self.path or f"{self.directory or '.'}/{self.regex}"


def named_sources(text: str, known: Iterable[str]) -> list[str]:
    """Return the file sources that a column or an expression names, `source.column` each."""
    return [name for name in known if re.search(rf"(?<![\w.]){name}\s*\.", text)]


def reference(text: str) -> tuple[str, str] | None:
    """Split `source.column` at its first dot; None where there is none."""
    source, dot, column = text.partition(".")
    return (source, column) if dot and NAME.fullmatch(source) and column else None
