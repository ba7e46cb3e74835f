"""The file of an external model, as dbt-duckdb declares it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from runner.definitions.declaration import Scalar
from runner.definitions.model_file import ModelConfig
from runner.errors import choices, nearest
from runner.remote.name import CONTROL

FOLDER = PurePosixPath("target/external")
"""Files of models are written below it alone: nothing else there is replaced."""
OPTIONS = {
    "csv": (
        *("compression", "dateformat", "delimiter", "escape", "header"),
        *("nullstr", "quote", "timestampformat"),
    ),
    "parquet": ("compression", "compression_level", "row_group_size"),
}
"""Options of DuckDB's COPY that may be stated, by format."""


@dataclass(frozen=True)
class ExternalFile:
    """A file to which a model is written once a build is published."""

    # Below the folder of all files of models.
    path: PurePosixPath
    format: str
    options: Mapping[str, Scalar]

    @property
    def parts(self) -> list[Any]:
        """Return what it is made of, as plain values."""
        return [str(self.path), self.format, dict(self.options)]


def external_file(name: str, config: ModelConfig) -> ExternalFile:
    """Return the file of an external model: `target/external/<name>.parquet` where none is stated.

    Raises ValueError with what is wrong with its location, format or options.
    """
    location = config.external_path or f"{FOLDER}/{name}.{config.format or 'parquet'}"
    form = config.format or PurePosixPath(location).suffix.removeprefix(".").lower()
    if form not in OPTIONS:
        raise ValueError(
            f"found format='{form}'.{nearest(form, OPTIONS)} Allowed: {choices(OPTIONS)}"
        )
    options = dict(config.options)
    if config.delimiter is not None:
        options["delimiter"] = config.delimiter
    for option in options:
        if option not in OPTIONS[form]:
            raise ValueError(
                f"unknown option '{option}' of a {form} file.{nearest(option, OPTIONS[form])}"
                f" Allowed: {choices(OPTIONS[form])}"
            )
    return ExternalFile(_below_folder(location), form, options)


def shared_files(files: Mapping[str, ExternalFile]) -> Iterator[tuple[str, str]]:
    """Give the models that are written to the file of another model, and that other one."""
    written: dict[PurePosixPath, str] = {}
    for name, file in files.items():
        other = written.setdefault(file.path, name)
        if other != name:
            yield name, other


def _below_folder(location: str) -> PurePosixPath:
    path = PurePosixPath(location)
    is_below = FOLDER in path.parents and ".." not in path.parts
    if not is_below or CONTROL.search(location):
        raise ValueError(
            f"found location='{location}'; expected a file below {FOLDER}, such as"
            f" {FOLDER}/{path.name or 'name.csv'}. An export goal sends files elsewhere"
        )
    return path.relative_to(FOLDER)
