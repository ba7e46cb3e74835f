"""The errors a user can meet, each with the exit code it ends a command with.

A message says where (`file:line`), what was found, what is allowed, the nearest
spelling and what to do. It never holds a secret or a person's data.
"""

import difflib
import errno
from collections.abc import Iterable
from dataclasses import dataclass

from runner.secret_values import SECRETS


@dataclass(frozen=True, order=True)
class Location:
    """Where something was written: a file of the project, line and column from 1."""

    file: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, order=True)
class Fault:
    """One mistake in the definitions; all are reported together."""

    location: Location
    message: str

    def __str__(self) -> str:
        return f"{self.location}: {self.message}"


class RunnerError(Exception):
    """An error that a command shows its user; the command ends with `exit_code`."""

    exit_code = 1

    def __init__(
        self,
        message: str,
        location: Location | None = None,
        hint: str = "",
        files: Iterable[str] = (),
        cause: str = "",
    ) -> None:
        """Make an error; `files` are those on the server that it is about.

        Errors of several nodes with one `cause` are one message.
        """
        self.message = SECRETS.hide(message)
        self.location = location
        self.hint = SECRETS.hide(hint)
        super().__init__(self.message)
        self.files = tuple(files)
        self.cause = cause

    def __str__(self) -> str:
        where = f"{self.location}: " if self.location else ""
        hint = f"\n  {self.hint}" if self.hint else ""
        return f"{where}{self.message}{hint}"


class DefinitionError(RunnerError):
    """The YAML, Jinja or SQL of the project is wrong; `faults` holds all of it."""

    exit_code = 2

    def __init__(self, faults: Iterable[Fault], cause: str = "") -> None:
        # One that several goals or sources meet is one.
        hidden = {Fault(fault.location, SECRETS.hide(fault.message)) for fault in faults}
        self.faults = tuple(sorted(hidden))
        super().__init__("\n".join(str(fault) for fault in self.faults), cause=cause)


class UsageError(RunnerError):
    """The command line asks for something that does not exist or cannot be."""

    exit_code = 2


class StageError(RunnerError):
    """A file could not be fetched or read; its goal fails, others go on."""


class ExecutionError(RunnerError):
    """The engine refused a model, or the reconciliation of a goal did not balance."""


class FullError(RunnerError):
    """A disk, or a share of one, is full: what could not be written is not published."""


class LockedError(RunnerError):
    """Another build holds the warehouse."""

    exit_code = 3


class RemoteError(RunnerError):
    """A connection could not be reached, or refused what was asked."""

    exit_code = 4


class RefusedPathError(RemoteError):
    """A path that leads out of its connection (F1): another try does not help."""

    exit_code = 1


class TransientRemoteError(RemoteError):
    """A remote failure that may pass when tried again."""


FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
"""Errors of a full disk, an exhausted quota and a limit on the size of files."""


def disk_error(error: OSError) -> RunnerError:
    """Return the error for a file that the disk refuses: full, read-only, of another kind.

    Raises `error` again where it is about no file; without a current directory, paths have none.
    """
    if isinstance(error, FileNotFoundError) and error.filename is None:
        return UsageError(
            "the current directory is not there any more",
            hint="change to another one, or name the project by a whole path with --project-dir",
        )
    if error.errno in FULL:
        file = f"{error.filename}: " if error.filename else ""
        return FullError(f"{file}cannot be written: {error.strerror}")
    if error.filename is None:
        raise error
    return RunnerError(
        f"{error.filename2 or error.filename}: cannot be used: {error.strerror}",
        hint="runner needs files and folders of its own below target/, and to write them",
    )


def shape(text: str) -> str:
    """Return a text with its letters as x or X and its digits as 9: `Xxxx 9`.

    Length, case and punctuation stay, so that a wrong format can still be seen where the text
    may be a person's.
    """
    return "".join(map(_shape, text))


def _shape(character: str) -> str:
    if character.isdigit():
        return "9"
    if character.isalpha():
        return "X" if character.isupper() else "x"
    return character


def counted(number: int, noun: str, plural: str = "") -> str:
    """Return a number with its noun, and what else the number changes: `1 file`, `2 files`."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def nearest(name: str, allowed: Iterable[str]) -> str:
    """Return ` Did you mean 'x'?` for the closest allowed spelling, or an empty string."""
    close = difflib.get_close_matches(name, list(allowed), n=1, cutoff=0.6)
    return f" Did you mean '{close[0]}'?" if close else ""


def choices(allowed: Iterable[str]) -> str:
    """Return the allowed names in order, for the end of a message."""
    return ", ".join(sorted(allowed))


def unknown(what: str, name: str, known: Iterable[str], hint: str = "") -> str:
    """Return the message for a name that is not declared, with the nearest that is."""
    known = list(known)
    guess = nearest(name, known)
    return f"there is no {what} '{name}'.{guess} Declared: {choices(known) or 'none'}{hint}"
