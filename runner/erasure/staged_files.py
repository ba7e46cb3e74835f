"""Staged files without the lines of persons: lines are left blank, so that numbers stay (C2)."""

import re
from collections.abc import Mapping

from runner.erasure.line_search import FoundLines
from runner.erasure.receipt import ErasedFile
from runner.stage.blob import Blob
from runner.stage.decompression import plain_of
from runner.stage.line_erasure import erase_lines, erase_matching_lines, erase_members, is_archive
from runner.stage.staging import Staging

SourcesByHash = Mapping[str, tuple[str, ...]]
"""SHA-256 of a staged file -> where it came from, as `goal path`."""


def erase_staged(
    staging: Staging,
    found: FoundLines,
    sources: SourcesByHash,
    pattern: re.Pattern[bytes],
    *,
    is_dry_run: bool,
) -> tuple[ErasedFile, ...]:
    """Erase the found lines, and in files that no goal can read those that match, too.

    Archives come last: they are written again of their members. Returns the files with erased
    lines.
    """
    erased = []
    archives = []
    for blob in staging.contents():
        if is_archive(blob):
            archives.append(blob)
            continue
        count = _erase(blob, found, sources, pattern, is_dry_run=is_dry_run)
        if count:
            erased.append(ErasedFile(blob.sha256, sources.get(blob.sha256, ()), count))
    if not is_dry_run:
        for blob in archives:
            erase_members(blob, staging.directory, pattern, _name(blob, sources))
        for part in staging.directory.rglob("*.part"):
            part.unlink()
    return tuple(erased)


def _erase(
    blob: Blob,
    found: FoundLines,
    sources: SourcesByHash,
    pattern: re.Pattern[bytes],
    *,
    is_dry_run: bool,
) -> int:
    """Erase the lines of one file; returns their number."""
    name = _name(blob, sources)
    readable = found.readable.get(blob.sha256)
    numbers = found.lines.get(blob.sha256, set())
    if readable is None:
        return erase_matching_lines(blob, pattern, name, numbers, is_dry_run=is_dry_run)
    if numbers and not is_dry_run:
        erase_lines(blob, plain_of(blob, name).path, *readable, numbers)
    return len(numbers)


def _name(blob: Blob, sources: SourcesByHash) -> str:
    return ", ".join(sources.get(blob.sha256, ())) or blob.sha256[:12]
