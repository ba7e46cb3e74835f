"""All SQL that a project itself brings, compiled."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from runner.compile.data_test import DataTest
from runner.compile.external_file import ExternalFile
from runner.compile.run_hook import RunHooks
from runner.compile.source_lines import Source
from runner.compile.unit_test import CompiledUnitTest
from runner.definitions.exposure import Exposure
from runner.definitions.model_file import ModelDocument
from runner.model import Model


@dataclass(frozen=True)
class ProjectModel:
    """A model of the project, compiled."""

    model: Model
    kind: str
    tags: tuple[str, ...]
    document: ModelDocument | None = None
    sources: tuple[Source, ...] = ()
    # The file that it is written to as well.
    external: ExternalFile | None = None
    # Its configuration, as `config.<key>:` selects by it.
    config: Mapping[str, Any] = field(default_factory=dict)
    # Statements that run before it and behind it.
    pre_hooks: tuple[Model, ...] = ()
    post_hooks: tuple[Model, ...] = ()

    @property
    def is_snapshot(self) -> bool:
        """Tell whether it holds the history of its rows, which nothing can make again."""
        return self.model.snapshot is not None


@dataclass(frozen=True)
class CompiledExposure:
    """An exposure, and the models, tables and sources that it uses."""

    exposure: Exposure
    refs: tuple[str, ...]
    sources: tuple[Source, ...]

    @property
    def depends_on(self) -> tuple[str, ...]:
        """Return the models and tables that it uses, and the goals of its sources."""
        goals = (source.goal_name for source in self.sources)
        return tuple(dict.fromkeys((*self.refs, *goals)))


@dataclass(frozen=True)
class CompiledProject:
    """All SQL that the project itself brings."""

    models: Mapping[str, ProjectModel]
    tests: tuple[DataTest, ...]
    unit_tests: tuple[CompiledUnitTest, ...] = ()
    exposures: tuple[CompiledExposure, ...] = ()
    # None of a project that is not compiled.
    run_hooks: RunHooks | None = None

    @property
    def test_models(self) -> tuple[Model, ...]:
        """Return the SQL of all tests."""
        models = [test.model for test in self.tests]
        return (*models, *(test.model for test in self.unit_tests))
