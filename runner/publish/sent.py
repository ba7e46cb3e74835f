"""What was sent to a partner: the rows of the last export, and the files written (X2, X4)."""

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from runner.errors import ExecutionError
from runner.publish.sent_files import SentFiles


@dataclass(frozen=True)
class Sent:
    """The record of one export goal on one target, below `target/sent/`.

    It is kept apart from the warehouse, which is published before anything is sent: it says what
    the partner has, also after a rollback.
    """

    folder: Path
    # As users name the goal: `webshop.vip`.
    goal: str

    @property
    def rows(self) -> Path:
        """Return the file with a hash and a key per line that was sent; there is none before."""
        return self.folder / f"{self.goal}.parquet"

    @property
    def next_rows(self) -> Path:
        """Return where the lines of an export are recorded while it is not sent yet."""
        return self.folder / f"{self.goal}.parquet.next"

    @property
    def erased_before(self) -> Path:
        """Return the file in which older runners kept what names persons erased since."""
        return self.folder / f"{self.goal}.erased.parquet"

    @property
    def _erased(self) -> Path:
        return self.folder / f"{self.goal}.erased"

    @property
    def names_erased(self) -> bool:
        """Whether the next removed lines name persons who were erased (C2)."""
        return self._erased.exists() or self.erased_before.exists()

    def mark_erased(self) -> None:
        """Record that the next removed lines name persons who were erased."""
        self._erased.touch(mode=0o600)

    @property
    def members(self) -> Path:
        """Return the file with the profiles that were sent, of a goal with `max_change`."""
        return self.folder / f"{self.goal}.members.parquet"

    @property
    def next_members(self) -> Path:
        """Return where the profiles of an export are written while it is not sent yet."""
        return self.folder / f"{self.goal}.members.parquet.next"

    @property
    def last_members(self) -> Path | None:
        """Return a file with the profiles that were sent last; None where there is none."""
        return next((path for path in (self.members, self.rows) if path.exists()), None)

    @property
    def definition(self) -> Path:
        """Return the file with the goal's definition when it last ran: hashes of its parts."""
        return self.folder / f"{self.goal}.definition.json"

    @property
    def files(self) -> SentFiles:
        """Return the record of the files that the goal wrote on the server."""
        return SentFiles(self.folder / f"{self.goal}.files")

    @property
    def _parts(self) -> Path:
        return self.folder / f"{self.goal}.parts"

    def unfinished(self) -> tuple[str, ...]:
        """Return the paths of parts that a killed build may have left on the server."""
        return tuple(dict.fromkeys(_lines(self._parts)))

    def begin(self, parts: Iterable[str]) -> None:
        """Record parts before they are sent."""
        with self._parts.open("a", encoding="utf-8") as file:
            file.writelines(f"{part}\n" for part in parts)
            file.flush()
            os.fsync(file.fileno())

    def end(self) -> None:
        """Record that no part is left on the server."""
        self._parts.unlink(missing_ok=True)

    def prepare(self) -> None:
        """Make the folder, and remove what a killed export left."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            self.next_rows.unlink(missing_ok=True)
            self.next_members.unlink(missing_ok=True)
        except OSError as error:
            raise ExecutionError(f"cannot write {self.folder}: {error.strerror}") from error

    def keep(self) -> None:
        """Replace the record of the earlier export by that of the one that is sent (X2)."""
        with self.next_rows.open("rb") as file:
            os.fsync(file.fileno())
        self.next_rows.replace(self.rows)
        # The partner has their removal: nothing of them is kept any longer.
        self.erased_before.unlink(missing_ok=True)
        self._erased.unlink(missing_ok=True)

    def keep_members(self) -> None:
        """Replace the profiles of the earlier export by those of the one that is sent.

        A goal that no longer keeps them removes the earlier ones: they are not the last ones.
        """
        if self.next_members.exists():
            self.next_members.replace(self.members)
        else:
            self.members.unlink(missing_ok=True)

    @property
    def stored_definition(self) -> str:
        """Return the goal's definition when it last ran; any text where the file is damaged."""
        return self.definition.read_text(encoding="utf-8", errors="replace")

    def keep_definition(self, parts: str) -> None:
        """Record the goal's definition, now that it ran."""
        part = self.definition.with_suffix(".json.part")
        part.write_text(parts, encoding="utf-8")
        part.replace(self.definition)

    @property
    def was_sent(self) -> bool:
        """Whether this goal ever sent a file, or was about to."""
        return self.files.file.exists()

    @property
    def written(self) -> tuple[str, ...]:
        """Return the paths of the files that this goal sent, or was about to, and left there."""
        return tuple(dict.fromkeys(file.path for file in self.files.all()))


def _lines(path: Path) -> list[str]:
    """Return the lines of a record; what is no text in it is the path of no file."""
    if not path.exists():
        return []
    return path.read_text(encoding="utf-8", errors="replace").splitlines()
