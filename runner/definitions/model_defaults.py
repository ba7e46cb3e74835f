"""Defaults of models by folder: `models` of the project file, which may be written as in dbt."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from runner.definitions.project_file import ProjectFile
from runner.definitions.sql_file import SqlFile
from runner.errors import Fault, nearest

SETTINGS = ("options", "snapshot_meta_column_names")
"""Settings of a model that hold `key: value` lines themselves: no folders."""


def model_defaults(file: ProjectFile, model: SqlFile) -> dict[str, Any]:
    """Return the configuration that the folders of a model give it; the deepest folder wins.

    As in dbt, folders may stand below the name of the project, and keys may begin with `+`.
    """
    found: dict[str, Any] = {}
    for level in _levels(file, model.folders):
        found |= {key.removeprefix("+"): level[key] for key in level if not _is_folder(level, key)}
    return found


def _levels(file: ProjectFile, folders: Sequence[str]) -> Iterator[Mapping[str, Any]]:
    for level in (file.models, file.models.get(file.name)):
        for folder in (*folders, None):
            if not isinstance(level, Mapping):
                break
            yield level
            level = level.get(folder) if folder else None


def unused_defaults(file: ProjectFile, models: Sequence[SqlFile]) -> Iterator[Fault]:
    """Give a warning for each folder in `models` that has no models."""
    known = {model.folders[:depth] for model in models for depth in range(1, 9)}
    top = file.models.get(file.name)
    for start, level in (((), file.models), ((file.name,), top)):
        if isinstance(level, Mapping):
            yield from _unused(file, level, start, (), known)


def _unused(
    file: ProjectFile,
    level: Mapping[str, Any],
    path: tuple[str, ...],
    folders: tuple[str, ...],
    known: set[tuple[str, ...]],
) -> Iterator[Fault]:
    for key in level:
        below = (*folders, key)
        if not _is_folder(level, key) or (not path and key == file.name):
            continue
        if below in known:
            yield from _unused(file, level[key], (*path, key), below, known)
            continue
        names = {name[-1] for name in known if name and name[:-1] == folders}
        where = "/".join(("models", *below))
        message = f"no model is in {where}: nothing has these defaults.{nearest(key, names)}"
        yield Fault(file.location("models", *path, key, of_key=True), message)


def _is_folder(level: Mapping[str, Any], key: str) -> bool:
    return isinstance(level[key], Mapping) and key.removeprefix("+") not in SETTINGS
