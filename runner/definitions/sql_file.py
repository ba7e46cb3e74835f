"""A SQL file of the project: a model, a macro or a data test."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from runner.errors import Fault, Location

MACRO_OF_TEST = "test_"
"""Before the name of a test: the name of its macro."""
TEST_BLOCK = re.compile(r"(\{%-?\s*)test\s+(\w+\s*\()")
TEST_END = re.compile(r"(\{%-?\s*)endtest(\s*-?%\})")
MACRO_TEST = re.compile(rf"\{{%-?\s*macro\s+{MACRO_OF_TEST}(\w+)\s*\(")


@dataclass(frozen=True)
class SqlFile:
    """The text of one `.sql` file; `path` is relative to the project, as messages show it."""

    path: str
    text: str
    # The name of what it makes, where that is not the file's; and the line on which it begins.
    stated_name: str = ""
    line: int = 1

    @property
    def name(self) -> str:
        """Return the file's name without `.sql`: the name of the model."""
        return self.stated_name or PurePosixPath(self.path).stem

    @property
    def compiled_path(self) -> str:
        """Return where its SQL is written, below `target/compiled/`."""
        return str(PurePosixPath(self.path).with_name(f"{self.name}.sql"))

    @property
    def folder(self) -> str:
        """Return the folder below `models/` (or `macros/`, `tests/`) that holds the file."""
        return next(iter(self.folders), "")

    @property
    def folders(self) -> tuple[str, ...]:
        """Return the folders below `models/` that hold the file, the outermost first."""
        parts = PurePosixPath(self.path).parts
        return parts[3:-1] if self.package else parts[1:-1]

    @property
    def package(self) -> str:
        """Return the package that brings the file; empty for the project's own."""
        folder, _, rest = self.path.partition("/")
        package, _, file = rest.partition("/")
        return package if folder == "packages" and file else ""

    @property
    def location(self) -> Location:
        """Return the first line of the file, or of its part."""
        return Location(self.path, self.line)


def with_tests_as_macros(file: SqlFile) -> SqlFile:
    """Return a file in which each block `test` is a macro, as dbt makes of them; lines stay."""
    text = TEST_BLOCK.sub(rf"\1macro {MACRO_OF_TEST}\2", file.text)
    return SqlFile(file.path, TEST_END.sub(r"\1endmacro\2", text))


def defined_tests(files: Iterable[SqlFile]) -> tuple[str, ...]:
    """Return the names of the tests that files define by a block `test`."""
    return tuple(name for file in files for name in MACRO_TEST.findall(file.text))


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
