"""Files on the server that a goal did not write: they are not replaced and not removed (X7)."""

import hashlib
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import BinaryIO, cast

from runner.errors import ExecutionError, RemoteError
from runner.publish.sent_files import SentFile, SentFiles
from runner.remote import Remote, RemoteFile

IN_MEMORY = 4 * 1024 * 1024
SMALL = 1024 * 1024
"""Bytes of a file that is always compared by its content: servers give times in whole seconds."""

HINT = "move it away, choose another `file_name` or `directory`"


@dataclass(frozen=True)
class Ownership:
    """Says which files on a server are as a goal wrote them."""

    remote: Remote
    files: SentFiles

    @cached_property
    def _recorded(self) -> dict[str, list[SentFile]]:
        """Return what was recorded of each path when this was first asked for."""
        found: dict[str, list[SentFile]] = {}
        for entry in self.files.all():
            found.setdefault(entry.path, []).append(entry)
        return found

    def refuse_foreign(self, file: SentFile) -> None:
        """Raise ExecutionError where another file is in the way of one that is to be written.

        One with the same content is not in the way, such as after the loss of `target/`.
        """
        found = self.remote.stat(file.path)
        known = self._recorded.get(file.path, [])
        if found is None:
            self._refuse_directory(file.path)
            return
        if self.is_known(found, [*known, file]):
            return
        what = "it was changed since this goal wrote it" if known else "this goal did not write it"
        raise ExecutionError(
            f"'{file.path}' is there already, and {what}: it is left as it is",
            hint=f"{HINT}, or replace it once with `--replace-files`",
        )

    def is_known(self, found: RemoteFile, entries: Iterable[SentFile]) -> bool:
        """Whether a file is one of those recorded: by its size, time and hash."""
        entries = list(entries)
        if any(not entry.sha256 for entry in entries):
            return True
        alike = [entry for entry in entries if not found.has_size or entry.size == found.size]
        has_time = any(entry.modified_at == found.modified_at for entry in alike)
        is_untouched = found.is_comparable and has_time
        if not alike or (is_untouched and found.size > SMALL):
            return bool(alike)
        try:
            return self._sha256(found.path) in {entry.sha256 for entry in alike}
        except RemoteError:
            # An account that may only write cannot read it.
            if is_untouched:
                return True
            raise

    def _refuse_directory(self, path: str) -> None:
        if self.remote.is_directory(path):
            raise ExecutionError(f"'{path}' is a directory: no file can have that name", hint=HINT)

    def _sha256(self, path: str) -> str:
        with tempfile.SpooledTemporaryFile(IN_MEMORY) as spooled:
            file = cast(BinaryIO, spooled)
            self.remote.fetch(path, file, lambda _: None)
            file.seek(0)
            digest = hashlib.sha256()
            while block := file.read(SMALL):
                digest.update(block)
            return digest.hexdigest()
