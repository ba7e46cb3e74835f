"""The files on a server that an import goal matches (F1, F2, F3)."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from runner.definitions.import_goal import ImportGoal
from runner.imports.readiness import Readiness
from runner.remote import Remote, RemoteFile
from runner.stage.matched_files import MatchedFiles, directory_of, match_files


@dataclass(frozen=True)
class FoundFiles:
    """The files on the server that each source of a goal matches."""

    matched: Mapping[str, MatchedFiles]
    # Names that F1 refuses, with the reason.
    refused: tuple[tuple[str, str], ...]
    # Of files that came in an archive: the archive.
    archives: Mapping[RemoteFile, RemoteFile] = field(default_factory=dict)
    # Source -> that nothing is where it is looked for, in a bucket.
    missing: Mapping[str, str] = field(default_factory=dict)


def find_files(remote: Remote, goal: ImportGoal, readiness: Readiness | None = None) -> FoundFiles:
    """List the directories of a goal and match its sources.

    With `readiness`, files that are not complete yet wait (F4); without, all are taken.
    """
    listings = {}
    for source in goal.files.values():
        directory = directory_of(source)
        if directory not in listings:
            listings[directory] = remote.list(directory)
    matched = {}
    for name, source in goal.files.items():
        files = listings[directory_of(source)].files
        ready = goal.ready_of(name)
        if readiness is None:
            matched[name] = match_files(files, source, ready)
        else:
            matched[name] = match_files(files, source, ready, readiness.waits(name, files))
    refused = [entry for listing in listings.values() for entry in listing.refused]
    missing = {
        name: listings[directory_of(source)].missing
        for name, source in goal.files.items()
        if listings[directory_of(source)].missing
    }
    return FoundFiles(matched, tuple(dict.fromkeys(refused)), missing=missing)
