"""The starter project: copied into a new folder by `runner init`."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import runner
from runner.errors import UsageError

PARTS = ("runner_project.yml", "connections", "models", "macros", "landing", "tests")
LEFT_OUT = ("__pycache__", "generator")
SUFFIXES = (".yml", ".sql", ".csv")
IGNORED = "target/\n"
EMPTY = """\
# yaml-language-server: $schema=target/schema/project.json
name: {name}
# The zone of times whose format states none.
timezone: UTC
target: local
targets:
  local: {{engine: duckdb, warehouse: target/warehouse.duckdb}}
"""


def starter_folder() -> Path:
    """Return where the starter lies: inside the installed package, or in a source checkout."""
    package = Path(runner.__file__).parent
    installed = package / "starter"
    return installed if (installed / "connections").is_dir() else package.parent


def start_project(folder: Path) -> list[Path]:
    """Copy the starter into a folder; returns the files written.

    Raises UsageError, and writes nothing, where one of them is there already.
    """
    files = {path: folder / path.relative_to(starter_folder()) for path in _starter_files()}
    there = [path for path in files.values() if path.exists()]
    if there:
        raise UsageError(
            f"{there[0]} is there already; nothing was written",
            hint="name an empty folder: runner init my_project",
        )
    for source, path in files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(source, path)
    ignored = folder / ".gitignore"
    if not ignored.exists():
        ignored.write_text(IGNORED, encoding="utf-8")
    return [*files.values(), ignored]


def start_empty(folder: Path) -> None:
    """Write a project with its settings alone.

    Raises UsageError, and writes nothing, where there is a project already.
    """
    file = folder / "runner_project.yml"
    if file.exists():
        raise UsageError(
            f"{file} is there already; nothing was written",
            hint="`runner add FILE` adds a goal to a project that is there",
        )
    name = re.sub(r"\W+", "_", folder.resolve().name).strip("_") or "project"
    folder.mkdir(parents=True, exist_ok=True)
    file.write_text(EMPTY.format(name=name), encoding="utf-8")
    ignored = folder / ".gitignore"
    if not ignored.exists():
        ignored.write_text(IGNORED, encoding="utf-8")


def _starter_files() -> Iterator[Path]:
    root = starter_folder()
    for part in PARTS:
        top = root / part
        if top.is_file():
            yield top
        pattern = "*" if part == "tests" else "**/*"
        for path in sorted(top.glob(pattern)) if top.is_dir() else ():
            if path.is_file() and path.suffix in SUFFIXES and not set(path.parts) & set(LEFT_OUT):
                yield path
