"""Who was sent to a partner, over all time: each person once, however often."""

import os
from dataclasses import dataclass
from pathlib import Path

from runner.errors import ExecutionError

MOST_PARTS = 64
"""Files above which those of a connection are made one."""


@dataclass(frozen=True)
class Exchanged:
    """The people that one connection sent on one target, below `target/sent/`.

    Parquet files of a column `profile_id`, each with those of one export who were not sent
    before. Like all that was sent it is kept apart from the warehouse: no full refresh and no
    rollback takes it back from the partner.
    """

    folder: Path

    @classmethod
    def of(cls, sent: Path, connection: str) -> "Exchanged":
        """Return the people of a connection; `sent` is the memory of the target's exports."""
        return cls(sent / "exchanged" / connection)

    def parts(self) -> list[Path]:
        """Return the files, oldest first; none before the first export."""
        return sorted(self.folder.glob("*.parquet"))

    def next_part(self, goal: str) -> Path:
        """Return where those of an export are written while it is not sent yet."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise ExecutionError(f"cannot write {self.folder}: {error.strerror}") from error
        return self.folder / f"{goal}.next"

    def keep(self, goal: str, build_id: str) -> None:
        """Add those of an export that is sent; nothing where all of them were sent before."""
        written = self.next_part(goal)
        if written.exists():
            _put(written, self.folder / f"{build_id}.{goal}.parquet")

    def put_together(self, written: Path, parts: list[Path]) -> None:
        """Put one file in the place of those that it holds."""
        _put(written, parts[-1])
        for part in parts[:-1]:
            part.unlink(missing_ok=True)


def _put(written: Path, path: Path) -> None:
    with written.open("rb") as file:
        os.fsync(file.fileno())
    written.replace(path)
