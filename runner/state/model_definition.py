"""What a model or a segment is made of, to tell whether it was edited since it was built."""

import json
from collections.abc import Mapping

from runner.compile.compiled_project import ProjectModel
from runner.compile.library import Library
from runner.definitions.sql_file import SqlFile
from runner.state.fingerprint import hashed

SQL = "the SQL"
CONFIGURATION = "the configuration"


def model_parts(file: SqlFile, compiled: ProjectModel, library: Library) -> dict[str, str]:
    """Return a hash of each part that makes a model's rows: its text, macros, variables.

    Not of what it compiles to: an incremental model compiles to other SQL once it is built.
    """
    model = compiled.model
    stated = [model.materialization, model.unique_key, model.external_path]
    own = {SQL: hashed(file.text)[:16], CONFIGURATION: hashed(stated)[:16]}
    return own | library.uses(file.text)


def model_changes(
    file: SqlFile, before: str, now: Mapping[str, str], library: Library
) -> tuple[str, ...]:
    """Return what is another now than in the parts that `before` keeps, a line for each."""
    known = json.loads(before)
    changed = [name for name, value in now.items() if name in known and known[name] != value]
    if not changed and known.keys() != now.keys():
        changed = [SQL]
    return tuple(f"{name} changed{_location(name, file, library)}" for name in changed)


def _location(name: str, file: SqlFile, library: Library) -> str:
    if name in (SQL, CONFIGURATION):
        return f" ({file.path})"
    location = (
        library.macro_location(name.removeprefix("macro ")) if name.startswith("macro ") else None
    )
    return f" ({location})" if location else ""
