"""What a command works on: a project, one of its targets, and their folders."""

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Self

from runner.compile.compiled_project import CompiledProject
from runner.compile.export_faults import check_exports
from runner.compile.library import READER, Library
from runner.compile.project_models import Sources, call_macro, compile_project, compile_query
from runner.compile.source_lines import Source
from runner.compile.variable_names import check_variables
from runner.definitions.broken_connection import faults_by_file, notified_project
from runner.definitions.check import check_project
from runner.definitions.project import PROJECT_FILE, Project, read_project, read_readable
from runner.definitions.project_file import Target
from runner.engine.engines import EngineSettings, engine_store
from runner.engine.store import Store
from runner.errors import DefinitionError, Fault, Location
from runner.sql import read_sql


@dataclass(frozen=True)
class Workspace:
    """A project and a target, ready to be built."""

    project: Project
    target_name: str
    target: Target
    library: Library
    # Whether its files were changed since, and have mistakes: a service goes on with it.
    is_outdated: bool = False
    # A folder in the place of target/, with copies of what a build changes; see `temporary_copy`.
    copied_to: Path | None = None

    @property
    def generated(self) -> Path:
        """Return the folder of everything generated."""
        return self.copied_to or self.project.root / "target"

    @property
    def staging(self) -> Path:
        """Return the folder of staged files."""
        return self.generated / "staging"

    @property
    def warehouse(self) -> str:
        """Return where the warehouse of the target is: a path, or an URL of Spark."""
        written = self.rendered(self.target.warehouse, self.target.location("warehouse"))
        if self.copied_to:
            # The engine calls a database by the name of its file, as queries may.
            return str(self.copied_to / "warehouse" / Path(written).name)
        return written if "://" in written else str(self.project.root / written)

    @property
    def local_state(self) -> Path:
        """Return the path that stands for the warehouse on this machine: its lock is beside it.

        That is the warehouse itself where it is on a disk.
        """
        warehouse = self.warehouse
        if "://" in warehouse:
            return self.generated / "warehouses" / self.target_name
        return Path(warehouse)

    @property
    def store(self) -> Store:
        """Return the store of the target's warehouse: published, kept (B5), or being built."""
        return self.store_with(self.target.threads)

    def store_with(self, threads: int | None) -> Store:
        """Return the store of the target's warehouse, opened with so many threads."""
        return self.store_at(self.warehouse, self.generated / "kept" / self.target_name, threads)

    def store_at(self, warehouse: str, kept: Path, threads: int | None = None) -> Store:
        """Return the store of a warehouse of the target's engine at another place."""
        target = self.target
        settings = EngineSettings(
            target.engine,
            threads,
            target.memory_limit,
            self.rendered(target.remote or "", target.location("remote")),
            self.secret(target.token or "", target.location("token")),
        )
        return engine_store(settings, warehouse, kept)

    @property
    def of_files(self) -> Self:
        """Return the workspace with the engine that reads files here, whichever joins them."""
        if self.target.engine == READER:
            return self
        target = self.target.model_copy(update={"engine": READER})
        return replace(self, library=self.library.reader, target=target)

    @property
    def sent(self) -> Path:
        """Return the folder of what was sent to the partners of the target (X4)."""
        return self.generated / "sent" / self.target_name

    @property
    def history(self) -> Path:
        """Return the run history."""
        return self.generated / "history.db"

    @property
    def suppressions(self) -> Path:
        """Return the list of persons who may not be imported, of all targets (C2)."""
        return self.generated / "suppressed.db"

    @property
    def receipts(self) -> Path:
        """Return the folder of receipts of what was erased or suppressed."""
        return self.generated / "receipts"

    def rendered(self, text: str, location: Location) -> str:
        """Render a setting of the YAML: `env_var` and `var` work in it."""
        return self.library.setting(text, location)

    def secret(self, text: str, location: Location) -> str:
        """Render a setting that holds a secret: no message shows what `env_var` gave (B7)."""
        return self.library.setting(text, location, is_secret=True)

    def compiled(self, existing: frozenset[str] = frozenset()) -> CompiledProject:
        """Compile the project's own models and tests; `existing` tables are added to."""
        return compile_project(self.project, self.library, self._target, existing)

    def compiled_query(self, sql: str) -> tuple[str, tuple[Source, ...]]:
        """Compile SQL given on the command line; returns the sources that it reads too."""
        return compile_query(self.project, self.library, self._target, sql)

    def call_macro(
        self, name: str, arguments: Mapping[str, Any], run: Callable[[str, Sources], object]
    ) -> None:
        """Call a macro of the project; `run` answers its `run_query`.

        Raises DefinitionError where the macro fails.
        """
        call_macro(self.project, self.library, self._target, name, arguments, run)

    @property
    def _target(self) -> dict[str, str]:
        """Return what `{{ target.name }}` and `{{ target.type }}` are in templates."""
        return {"name": self.target_name, "type": self.target.engine}


def open_workspace(
    folder: Path,
    target: str | None = None,
    variables: Mapping[str, Any] | None = None,
    read_variable: Callable[[str], str | None] = os.environ.get,
    leaves_broken: bool = False,
) -> Workspace:
    """Read and check the project in a folder.

    With `leaves_broken`, connections whose files are wrong are left, where nothing else is.
    Raises UsageError where there is none, DefinitionError with all faults of its files.
    """
    project = _whole_part(folder) if leaves_broken else _checked(read_project(folder))
    if not project.broken:
        check_variables(project, variables or {})
    name, chosen = project.target(target)
    library = Library(read_sql(), project, variables or {}, read_variable, chosen.engine)
    return Workspace(project, name, chosen, library)


def open_to_read(
    folder: Path, target: str | None = None, variables: Mapping[str, Any] | None = None
) -> Workspace:
    """Open a project for questions about what is stored, whatever mistakes it has.

    Raises UsageError where there is no project, or no such target.
    """
    try:
        return open_workspace(folder, target, variables, leaves_broken=True)
    except DefinitionError as error:
        project = replace(read_readable(folder), faults=tuple(error.faults))
    name, chosen = project.target(target)
    library = _working_library(project, variables or {}, chosen.engine)
    return Workspace(project, name, chosen, library)


def _working_library(project: Project, variables: Mapping[str, Any], engine: str) -> Library:
    """Return the library of a project; without its macros and templates where they are wrong."""
    try:
        library = Library(read_sql(), project, variables, os.environ.get, engine)
        library.environment.render("{{ 1 }}", Location("query"), {})
    except DefinitionError:
        whole = replace(project, models=(), macros=())
        return Library(read_sql(), whole, variables, os.environ.get, engine)
    return library


def notified_workspace(
    folder: Path, target: str | None = None, variables: Mapping[str, Any] | None = None
) -> Workspace:
    """Return a project that cannot be opened, as far as notices of that need it."""
    root = folder.resolve()
    file, connections = notified_project(root, root / PROJECT_FILE)
    project = Project(root, file, connections, {}, (), {}, (), (), ())
    library = Library({}, project, variables or {}, os.environ.get)
    return Workspace(project, target or file.target, Target(), library)


def _checked(project: Project) -> Project:
    check_project(project)
    check_exports(project)
    return project


def _whole_part(folder: Path) -> Project:
    """Return the project without the connections whose files are wrong.

    Raises DefinitionError where something else is wrong too, or no connection is whole.
    """
    wrong: dict[str, Sequence[Fault]] = {}
    while True:
        try:
            project = _checked(read_project(folder, wrong))
            break
        except DefinitionError as error:
            found = faults_by_file(error.faults)
            if found.keys() <= wrong.keys():
                raise DefinitionError([*_all(wrong), *error.faults]) from error
            wrong |= found
    if wrong and not project.whole_connections:
        raise DefinitionError(_all(wrong))
    return project


def _all(wrong: Mapping[str, Sequence[Fault]]) -> list[Fault]:
    return [fault for faults in wrong.values() for fault in faults]
