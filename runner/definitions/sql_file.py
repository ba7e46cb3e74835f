"""A SQL file of the project: a model, a macro or a data test."""

from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from runner.errors import Fault, Location


@dataclass(frozen=True)
class SqlFile:
    """The text of one `.sql` file; `path` is relative to the project, as messages show it."""

    path: str
    text: str

    @property
    def name(self) -> str:
        """Return the file's name without `.sql`: the name of the model."""
        return PurePosixPath(self.path).stem

    @property
    def folder(self) -> str:
        """Return the folder below `models/` (or `macros/`, `tests/`) that holds the file."""
        parts = PurePosixPath(self.path).parts
        return parts[1] if len(parts) > 2 else ""

    @property
    def location(self) -> Location:
        """Return the first line of the file."""
        return Location(self.path)


def read_sql_files(root: Path, folder: str, pattern: str, faults: list[Fault]) -> list[SqlFile]:
    """Read the SQL files below `root/folder` in the order of their paths."""
    files = []
    for path in sorted((root / folder).glob(pattern)):
        name = path.relative_to(root).as_posix()
        try:
            files.append(SqlFile(name, path.read_text(encoding="utf-8")))
        except UnicodeDecodeError as error:
            faults.append(Fault(Location(name), f"the file is not UTF-8 (byte {error.start})"))
    return files
