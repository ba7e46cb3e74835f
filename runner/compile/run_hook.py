"""Hooks of a run, `on-run-start` and `on-run-end`: statements before and behind all models."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from runner.compile.hook import hook_fault
from runner.compile.project_templates import Calls, ProjectTemplates
from runner.compile.public_tables import public_tables
from runner.definitions.sql_file import SqlFile
from runner.errors import DefinitionError, Fault
from runner.model import Model
from runner.result import NodeResult
from runner.sql.quoting import Sql

NOWHERE = Sql("")
"""The relation that a hook of a run makes: none."""
HookKey = Literal["on-run-start", "on-run-end"]


@dataclass(frozen=True)
class RunNode:
    """The node of a result, with the names that dbt gives to its parts."""

    name: str
    unique_id: str
    resource_type: str


@dataclass(frozen=True)
class RunResult:
    """What became of a node, with the names that dbt gives to its parts."""

    node: RunNode
    status: str
    execution_time: float
    message: str
    # Of a test: the rows that fail.
    failures: int | None


class RunHooks:
    """The hooks of a project; those of `on-run-end` are rendered with the results of a run."""

    def __init__(self, templates: ProjectTemplates) -> None:
        """Take the templates of a project; what is wrong with a hook is one of their faults."""
        self._templates = templates
        for key in ("on-run-start", "on-run-end"):
            self._rendered(key, ())

    def statements(self, key: HookKey, results: Iterable[NodeResult] = ()) -> tuple[Model, ...]:
        """Return the statements of a key, in order; a text that renders to nothing is none.

        Raises DefinitionError where one is wrong, which may depend on the results.
        """
        faults = self._templates.faults
        known = len(faults)
        made = self._rendered(key, tuple(results))
        if found := faults[known:]:
            del faults[known:]
            raise DefinitionError(found)
        return made

    def _rendered(self, key: HookKey, results: Sequence[NodeResult]) -> tuple[Model, ...]:
        templates, file = self._templates, self._templates.project.file
        given: dict[str, Any] = {}
        if key == "on-run-end":
            given = {"results": [*self._results(results)], "schemas": [*self._schemas()]}
        found = []
        hooks = file.on_run_start if key == "on-run-start" else file.on_run_end
        for number, text in enumerate(hooks):
            at = file.location(key, number)
            known = len(templates.faults)
            calls = Calls()
            sql, _ = templates.render(SqlFile(at.file, text, key), calls, changed=given, at=at)
            if len(templates.faults) > known or not sql.strip():
                continue
            message = hook_fault(sql, public_tables(templates.project))
            if calls.sources:
                message = "the lines of files are there while a model runs: read a model instead"
            if message:
                templates.faults.append(Fault(at, f"{key}: {message}"))
            found.append(Model(key, sql, NOWHERE, "read", "", (at,)))
        return tuple(found)

    def _results(self, results: Sequence[NodeResult]) -> Iterator[RunResult]:
        project = self._templates.project.file.name
        for item in results:
            node = RunNode(item.name, f"{item.kind}.{project}.{item.name}", item.kind)
            failures = item.rows if item.kind in ("test", "unit_test") else None
            yield RunResult(node, item.status, item.seconds, item.message, failures)

    def _schemas(self) -> list[str]:
        """Return the schemas in which models are."""
        is_segment = [it.materialized == "segment" for it in self._templates.configs.values()]
        return [*["main"] * (not all(is_segment)), *["segments"] * any(is_segment)]
