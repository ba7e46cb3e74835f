"""Files of earlier builds that a goal no longer makes, removed from the server (X7)."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from runner.errors import ExecutionError, RemoteError
from runner.publish.foreign import Ownership
from runner.publish.sent_files import SentFile


@dataclass(frozen=True)
class EarlierFile:
    """A file that an earlier build wrote and this one does not."""

    path: str
    # What is recorded of it: several entries where a build was killed.
    entries: tuple[SentFile, ...]

    @property
    def is_trigger(self) -> bool:
        """Whether it tells that another file is complete."""
        return self.entries[-1].is_trigger


def earlier_files(
    recorded: Sequence[SentFile], made: Collection[str], stamps: Collection[str]
) -> list[EarlierFile]:
    """Return the recorded files that a build did not make.

    A name with the stamp of another build stays: each build sends a new file. Of what an older
    runner wrote no more than the path is known, and it stays too.
    """
    found: dict[str, list[SentFile]] = {}
    for entry in recorded:
        if entry.path not in made and entry.stamp in stamps and entry.sha256:
            found.setdefault(entry.path, []).append(entry)
    return [EarlierFile(path, tuple(entries)) for path, entries in found.items()]


def remove_earlier(ownership: Ownership, file: EarlierFile) -> str:
    """Remove a file, unless it was changed since it was sent; return a warning, or nothing."""
    remote, path = ownership.remote, file.path
    try:
        found = remote.stat(path)
        is_ours = found is not None and ownership.is_known(found, file.entries)
        if is_ours:
            remote.remove(path)
    except (RemoteError, ExecutionError) as error:
        return f"'{path}' is of an earlier build, and cannot be removed: {error.message}"
    ownership.files.drop(path)
    if found is not None and not is_ours:
        return f"'{path}' is of an earlier build, and was changed since: it is left as it is"
    return ""
