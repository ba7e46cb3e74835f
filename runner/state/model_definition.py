"""What a model or a segment is made of, and what the warehouse stores of those it holds."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from runner.compile.compiled_project import CompiledProject, ProjectModel
from runner.compile.library import Library
from runner.definitions.sql_file import SqlFile
from runner.engine.warehouse import Warehouse
from runner.state.definition import (
    Definition,
    PartHash,
    Path,
    RenderedText,
    StoredDefinition,
    hashed,
)
from runner.workspace.workspace import Workspace

SQL = "the SQL"
CONFIGURATION = "the configuration"


@dataclass(frozen=True)
class ModelDefinition(Definition):
    """All that makes a model's rows: its text, its configuration, macros, variables.

    Not what it compiles to: an incremental model compiles to other SQL once it is built.
    """

    file: SqlFile

    def name(self, part: Path) -> str:
        """Return what a part is called."""
        return str(part[0])

    def location(self, part: Path) -> str:  # noqa: ARG002
        """Return the file of the model."""
        return self.file.path


def model_definition(file: SqlFile, compiled: ProjectModel, library: Library) -> ModelDefinition:
    """Return what a model is made of."""
    model = compiled.model
    uses = library.uses(file.text)
    sql = RenderedText(_rendered_hash(hashed(file.text)[:16], uses))
    sql.template = file.text
    file_written = compiled.external.parts if compiled.external else None
    stated: list[Any] = [model.materialization, model.unique_key, file_written]
    if model.on_schema_change != "ignore":
        stated.append(model.on_schema_change)
    # As written: what they render to may hold a secret.
    hooks = [compiled.config.get(key, ()) for key in ("pre_hook", "post_hook")]
    if any(hooks):
        stated.append(hooks)
    if model.snapshot is not None:
        stated.append(vars(model.snapshot))
    parts: dict[Path, Any] = {(SQL,): sql, (CONFIGURATION,): stated}
    return ModelDefinition(hashed([sql, stated]), parts, uses, file)


def _rendered_hash(text: str, uses: Mapping[str, str]) -> str:
    """Return a hash of what a model renders to: of its text, and of what that uses."""
    return hashed([text, dict(uses)])


def model_definitions(
    workspace: Workspace, compiled: CompiledProject
) -> dict[str, ModelDefinition]:
    """Return what each model and segment of a project is made of."""
    files = {file.name: file for file in workspace.project.models}
    return {
        name: model_definition(files[name], item, workspace.library)
        for name, item in compiled.models.items()
    }


def built_models(workspace: Workspace) -> dict[str, StoredDefinition] | None:
    """Return what the models of the published warehouse were made of when they were built.

    None where an earlier version of runner made it, which did not store that. Raises
    ExecutionError where it cannot be opened.
    """
    if not workspace.store.is_published:
        return {}
    with workspace.store.open() as warehouse:
        if not warehouse.has("runner", "models"):
            return None
        return {name: stored_model(text) for name, text in warehouse.perform("ledger.models")}


def stored_model(text: str) -> StoredDefinition:
    """Read what is stored of a model."""
    stored = json.loads(text)
    if "parts" in stored:
        return StoredDefinition.read(text)
    # Earlier versions stored the hashes of both parts and those of what they use as one mapping.
    sql, configuration = stored.pop(SQL), stored.pop(CONFIGURATION)
    hashes: dict[Path, PartHash] = {
        (SQL,): PartHash(hashed(_rendered_hash(sql, stored))[:16], sql),
        (CONFIGURATION,): PartHash(configuration, configuration),
    }
    return StoredDefinition(hashes, stored)


def store_models(
    warehouse: Warehouse, workspace: Workspace, compiled: CompiledProject, built: Iterable[str]
) -> None:
    """Store what the models that a build made are made of, and forget those that are gone."""
    if not compiled.models and not warehouse.count("runner.models"):
        return
    known: dict[str, str] = dict(warehouse.perform("ledger.models"))
    definitions = model_definitions(workspace, compiled)
    fresh = {name: definitions[name].stored() for name in built}
    changed = {name: stored for name, stored in fresh.items() if known.get(name) != stored}
    replaced = sorted({*changed, *(known.keys() - compiled.models.keys())})
    if replaced:
        warehouse.delete("runner.models", model=replaced)
    rows = [{"model": name, "parts": stored} for name, stored in changed.items()]
    warehouse.insert("runner.models", rows)
