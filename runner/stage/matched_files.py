"""Which files of a listing a file source takes, and in which order (F1, F2, F3)."""

import fnmatch
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from runner.definitions.file_source import FileSource
from runner.definitions.ready import Ready
from runner.definitions.remote_path import glob_fault
from runner.errors import DefinitionError, Fault
from runner.remote import RemoteFile

DONE_SUFFIX = ".done"
DONE = re.compile(r"(\.[0-9]+)?\.done\Z")
IN_TRANSIT = (".part", ".partial", ".tmp", ".filepart", ".crdownload")

FileOrder = tuple[datetime, str]
"""What files are sorted by: time and path; those of a source differ in the name alone."""
FIRST_TIME = datetime.min.replace(tzinfo=UTC)
"""The time of all files where names alone order them."""

Waits = Callable[[RemoteFile], str]
"""Says what a file waits for; empty when it is complete."""


@dataclass(frozen=True)
class MatchedFiles:
    """The files that a source takes, in the order in which they are applied (F3)."""

    files: tuple[RemoteFile, ...]
    # Files that fit the pattern but are left alone, by name, each with the reason.
    ignored: tuple[tuple[RemoteFile, str], ...]
    # Files that are not complete yet, each with what it waits for (F4).
    waiting: tuple[tuple[RemoteFile, str], ...] = ()


def directory_of(source: FileSource) -> str:
    """Return the remote directory to list; empty for the root of the connection.

    Raises DefinitionError when the directory part of `path` has `*`, `?` or `[`: one source
    is one directory, and only names are matched.
    """
    if source.path is None:
        return source.directory or ""
    directory, slash, _ = source.path.rpartition("/")
    if fault := glob_fault(source.path):
        raise DefinitionError([Fault(source.location("path"), fault)])
    return directory or slash


def _is_complete(_file: RemoteFile) -> str:
    return ""


def match_files(
    files: Iterable[RemoteFile],
    source: FileSource,
    ready: Ready | None = None,
    waits: Waits = _is_complete,
) -> MatchedFiles:
    """Return the files whose whole name fits the glob or the regular expression (F1).

    Case counts. `*.done`, dot files and names in transit are ignored (F2); so are all but the
    last in order when the source picks the latest, and triggers of `ready`. A file for
    which `waits` gives a reason is not taken (F4). Raises DefinitionError as `directory_of`.
    """
    fits = _name_test(source)
    taken: list[RemoteFile] = []
    ignored: list[tuple[RemoteFile, str]] = []
    waiting: list[tuple[RemoteFile, str]] = []
    for file in files:
        stem, reason = _ignored_for(file.name)
        if ready and ready.is_trigger(file.name):
            reason = "a trigger"
        if reason and (fits(file.name) or fits(stem)):
            ignored.append((file, reason))
        elif not reason and fits(file.name):
            why = waits(file)
            if why:
                waiting.append((file, why))
            else:
                taken.append(file)
    if source.compare == "content":
        taken = [replace(file, is_comparable=False) for file in taken]
    taken.sort(key=file_order(source))
    if source.pick == "latest":
        ignored += [(file, "not the latest") for file in taken[:-1]]
        taken = taken[-1:]
    return MatchedFiles(
        tuple(taken),
        tuple(sorted(ignored, key=lambda item: item[0].name)),
        tuple(sorted(waiting, key=lambda item: item[0].name)),
    )


def _name_test(source: FileSource) -> Callable[[str], object]:
    directory_of(source)
    if source.path is not None:
        return re.compile(fnmatch.translate(source.path.rpartition("/")[2])).match
    return re.compile(source.regex or "").fullmatch


def _ignored_for(name: str) -> tuple[str, str]:
    """Return the name under its suffix, and why F2 ignores the file; empty when it does not."""
    if name.startswith("."):
        return name[1:], "a dot file"
    if name.endswith(DONE_SUFFIX):
        return DONE.sub("", name), "done"
    for suffix in IN_TRANSIT:
        if name.endswith(suffix):
            return name.removesuffix(suffix), "in transit"
    return name, ""


def file_order(source: FileSource) -> Callable[[RemoteFile], FileOrder]:
    """Return what the files of a source are sorted by (F3)."""
    return _by_name if source.order_by == "name" else _by_time


def _by_time(file: RemoteFile) -> FileOrder:
    return file.modified_at, file.path


def _by_name(file: RemoteFile) -> FileOrder:
    return FIRST_TIME, file.path
