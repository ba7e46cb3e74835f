"""Files of a project that nothing reads, such as those that dbt has and runner has not."""

from collections.abc import Iterator
from pathlib import Path

from runner.errors import Fault, Location

UNREAD = (
    ("packages.yaml", "packages are named in packages.yml"),
    ("dependencies.yml", "packages are named in packages.yml"),
    ("dbt_project.yml", "its settings belong into runner_project.yml"),
    ("profiles.yml", "where the warehouse is stands under `targets` of runner_project.yml"),
    ("analyses/**/*.sql", "`runner query` runs SQL that is no model"),
    ("tests/*/**/*.sql", "tests are read in tests/ itself"),
    ("connections/*/**/*.y*ml", "connections are read in connections/ itself"),
    ("models/**/*.py", "write the model in SQL; `python` steps belong to imports"),
    ("models/events/*/**/*.y*ml", "event types are read in models/events/ itself"),
    ("models/groups/*/**/*.y*ml", "group types are read in models/groups/ itself"),
    ("exposures.yml", "exposures are read in the `.yml` files below models/"),
)
"""Patterns of files that nothing reads, and what to do instead."""
OWN = frozenset(("unit", "functional", "golden", "property", "servers", "target", "generic"))
"""Folders of tests/ that hold no tests of data."""


def unread_files(root: Path) -> Iterator[Fault]:
    """Give a warning for each kind of file that nothing reads, at the first of its files."""
    told: set[Path] = set()
    for pattern, instead in UNREAD:
        found = [path for path in sorted(root.glob(pattern)) if _is_unread(root, path, told)]
        if not found:
            continue
        told.update(found)
        more = f" (and {len(found) - 1:,} more)" if len(found) > 1 else ""
        where = Location(found[0].relative_to(root).as_posix())
        yield Fault(where, f"nothing reads this file{more}: {instead}")


def _is_unread(root: Path, path: Path, told: set[Path]) -> bool:
    parts = path.relative_to(root).parts
    return path.is_file() and path not in told and not OWN & {*parts[:-1]}
