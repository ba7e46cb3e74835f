"""A project on disk, read whole; its faults are reported together."""

from dataclasses import dataclass, field, replace
from pathlib import Path

from runner.definitions.broken_connection import (
    BrokenConnection,
    Faults,
    broken_connection,
    copy_of,
    readable_part,
)
from runner.definitions.connection import Connection, Goal
from runner.definitions.decisions import Decision, read_decisions
from runner.definitions.declaration import Read, read_declaration
from runner.definitions.document import Section, read_document
from runner.definitions.event_type import BUILT_IN_EVENTS, EventType
from runner.definitions.export_goal import ExportGroups, ExportProfiles
from runner.definitions.exposure import Exposure
from runner.definitions.file_source import NAME
from runner.definitions.group_type import GroupType
from runner.definitions.import_goal import ImportGoal, ImportProfiles
from runner.definitions.model_file import ModelDocument, ModelFile, SnapshotDocument
from runner.definitions.objective import Objective
from runner.definitions.package import FOLDER as PACKAGES
from runner.definitions.package import installed_packages
from runner.definitions.profile_property import (
    BUILT_IN,
    LEVEL_TYPE,
    PERMISSION,
    PropertiesFile,
    Property,
)
from runner.definitions.project_file import ProjectFile, Target
from runner.definitions.python_file import PythonFile, read_python_files
from runner.definitions.seed import FOLDER, read_seeds
from runner.definitions.selector import SELECTORS_FILE, Selection, SelectorsFile, selections
from runner.definitions.snapshot import FOLDER as SNAPSHOTS
from runner.definitions.snapshot import read_snapshots
from runner.definitions.sql_file import SqlFile, read_sql_files, with_tests_as_macros
from runner.definitions.unit_test import UnitTest
from runner.errors import DefinitionError, Fault, Location, UsageError, choices, nearest

PROJECT_FILE = "runner_project.yml"


@dataclass(frozen=True)
class Project:
    """All that a project declares."""

    root: Path
    file: ProjectFile
    connections: tuple[Connection, ...]
    # Name -> property; the built-in ones included.
    properties: dict[str, Property]
    models: tuple[SqlFile, ...]
    # Model name -> what its `.yml` says.
    documents: dict[str, ModelDocument]
    unit_tests: tuple[UnitTest, ...]
    macros: tuple[SqlFile, ...]
    tests: tuple[SqlFile, ...]
    # File name -> its text, to show a line of it in a message.
    texts: dict[str, str] = field(default_factory=dict)
    # Name -> event type, in alphabetical order; the built-in ones included.
    event_types: dict[str, EventType] = field(default_factory=dict)
    # Name -> group type, in alphabetical order.
    group_types: dict[str, GroupType] = field(default_factory=dict)
    # Manual decisions on identities, in the order of the file.
    decisions: tuple[Decision, ...] = ()
    # Module -> its text, of those that steps of imports name.
    python_files: dict[str, PythonFile] = field(default_factory=dict)
    # Connections whose file is wrong. What a build last knew of one is among `connections`,
    # disabled.
    broken: tuple[BrokenConnection, ...] = ()
    # Name -> what `--selector` selects by it; the default one, if any.
    selectors: dict[str, Selection] = field(default_factory=dict)
    default_selector: str = ""
    # What uses the models outside the project.
    exposures: tuple[Exposure, ...] = ()
    # Whether other files have mistakes: what is declared is only what could be read.
    is_partial: bool = False
    # The mistakes of such a project.
    faults: tuple[Fault, ...] = ()

    def target(self, name: str | None = None) -> tuple[str, Target]:
        """Return the named target, or the project's own.

        Raises UsageError where no such target is declared.
        """
        chosen = name or self.file.target
        if chosen not in self.file.targets:
            guess = nearest(chosen, self.file.targets)
            raise UsageError(
                f"there is no target '{chosen}'.{guess} Declared: {choices(self.file.targets)}",
                self.file.location("target") if name is None else None,
            )
        return chosen, self.file.targets[chosen]

    @property
    def has_levels(self) -> bool:
        """Tell whether some goal fills the permission level of profiles, or may do so."""
        if self.broken:
            return True
        goals = (goal for connection in self.connections for goal in connection.goals)
        return any(isinstance(goal, ImportProfiles) and PERMISSION in goal.map for goal in goals)

    def objectives_of(self, connection: str, goal: Goal | ImportGoal) -> tuple[Objective, ...]:
        """Return what a goal processes profiles for (C1): its own objectives, or its connection's.

        None where it processes anything but profiles.
        """
        if not isinstance(goal, ImportProfiles | ExportProfiles) or isinstance(goal, ExportGroups):
            return ()
        names = goal.objectives
        if "objectives" not in goal.model_fields_set:
            named = (item for item in self.connections if item.connection == connection)
            names = next((item.objectives for item in named), ())
        return tuple(item for item in self.file.objectives if item.name in names)

    @property
    def whole_connections(self) -> tuple[Connection, ...]:
        """Return the connections whose files are right."""
        broken = {item.name for item in self.broken}
        return tuple(item for item in self.connections if item.connection not in broken)

    def connection(self, name: str) -> Connection:
        """Return the named connection; raises UsageError with the nearest spelling."""
        for connection in self.connections:
            if connection.connection == name:
                return connection
        names = [connection.connection for connection in self.connections]
        raise UsageError(
            f"there is no connection '{name}'.{nearest(name, names)} Declared: {choices(names)}"
        )


class _Reader:
    """Reads the files of a project and gathers their faults."""

    def __init__(self, root: Path, wrong: Faults, is_partial: bool = False) -> None:
        self.root = root
        self.is_partial = is_partial
        self.wrong = wrong
        self.faults: list[Fault] = []
        self.broken: list[BrokenConnection] = []
        self.packages = installed_packages(root, self.faults)

    def read(self, cls: type[Read], path: Path) -> Read | None:
        document = read_document(path, path.relative_to(self.root).as_posix(), self.faults)
        return None if document is None else read_declaration(cls, document, self.faults)

    def connections(self) -> list[Connection]:
        found = []
        for path in sorted((self.root / "connections").glob("*.y*ml")):
            name = path.relative_to(self.root).as_posix()
            connection = None if name in self.wrong else self.read(Connection, path)
            if connection is None and (name in self.wrong or self.is_partial):
                connection = self._left(path)
            if connection is not None:
                found.append(connection)
        return found

    def _left(self, path: Path) -> Connection | None:
        """Leave a connection whose file is wrong; return what a build last knew of it."""
        name = path.relative_to(self.root).as_posix()
        found = broken_connection(path, self.wrong.get(name, ()))
        copy, known = copy_of(self.root, path), None
        if copy.relative_to(self.root).as_posix() not in self.wrong and copy.exists():
            known = self.read(Connection, copy)
        if known and found.notify is None:
            found = replace(found, name=known.connection, notify=known.notify)
        self.broken.append(found)
        return known.with_changes(enabled=False) if known else None

    def properties(self) -> dict[str, Property]:
        path = self.root / "models" / "properties.yml"
        file = self.read(PropertiesFile, path) if path.exists() else None
        properties = {**BUILT_IN, **(file.properties if file else {})}
        level = properties[PERMISSION].with_changes(type=LEVEL_TYPE, multi=False)
        return {**properties, PERMISSION: level}

    def event_types(self) -> dict[str, EventType]:
        types = dict(BUILT_IN_EVENTS)
        for name, found in self._types("events", "event", EventType).items():
            types[name] = types[name].extended(found) if name in types else found
        return dict(sorted(types.items()))

    def group_types(self) -> dict[str, GroupType]:
        return self._types("groups", "group", GroupType)

    def _types(self, folder: str, what: str, cls: type[Read]) -> dict[str, Read]:
        """Read a folder of `models/` in which each file declares a type of its own name."""
        types: dict[str, Read] = {}
        for path in sorted((self.root / "models" / folder).glob("*.y*ml")):
            name, location = path.stem, Location(path.relative_to(self.root).as_posix(), 1)
            if not NAME.fullmatch(name) or name != name.lower():
                message = f"the {what} type '{name}' is called as its file is; expected a name of"
                self.faults.append(Fault(location, f"{message} lower case letters, digits and _"))
                continue
            document = read_document(path, location.file, self.faults) or Section(location)
            found = read_declaration(cls, document, self.faults)
            if found is not None:
                types[name] = found
        return types

    def model_files(self) -> list[ModelFile]:
        found = []
        types = [self.root / "models" / folder for folder in ("events", "groups")]
        packages = (f"{PACKAGES}/{name}/models" for name in self.packages)
        folders = ("models", FOLDER, SNAPSHOTS, *packages)
        paths = [path for folder in folders for path in (self.root / folder).rglob("*.y*ml")]
        for path in sorted(paths):
            if path == self.root / "models" / "properties.yml" or path.parent in types:
                continue
            file = self.read(ModelFile, path)
            if file is not None:
                found.append(file)
        return found

    def documents(self, files: list[ModelFile]) -> dict[str, ModelDocument]:
        documents: dict[str, ModelDocument] = {}
        for file in files:
            for document in (*file.models, *file.seeds, *file.snapshots):
                if document.name in documents:
                    first = documents[document.name].location("name")
                    message = f"`{document.name}` is described twice; first at {first}"
                    self.faults.append(Fault(document.location("name"), message))
                documents[document.name] = document
        return documents

    def exposures(self, files: list[ModelFile]) -> tuple[Exposure, ...]:
        found: dict[str, Exposure] = {}
        for item in (item for file in files for item in file.exposures):
            if item.name in found:
                message = f"the exposure `{item.name}` is declared twice"
                first = found[item.name].location("name")
                self.faults.append(Fault(item.location("name"), f"{message}; first at {first}"))
            found[item.name] = item
        return tuple(found.values())

    def selectors(self) -> tuple[dict[str, Selection], str]:
        """Read the selectors with a name, and which of them is the default."""
        path = self.root / SELECTORS_FILE
        file = self.read(SelectorsFile, path) if path.exists() else None
        if file is None:
            return {}, ""
        default = next((item.name for item in file.selectors if item.default), "")
        return selections(file, self.faults), default

    def macros(self) -> list[SqlFile]:
        """Read macros, and the tests that are defined like them; those of packages first."""
        files: list[SqlFile] = []
        for name in self.packages:
            folder = f"{PACKAGES}/{name}"
            files += read_sql_files(self.root, folder, "macros/**/*.sql", self.faults)
            files += read_sql_files(self.root, folder, "tests/generic/**/*.sql", self.faults)
        files += read_sql_files(self.root, "macros", "**/*.sql", self.faults)
        files += read_sql_files(self.root, "tests", "generic/**/*.sql", self.faults)
        return [with_tests_as_macros(file) for file in files]

    def models(self, documents: dict[str, ModelDocument]) -> list[SqlFile]:
        models = read_sql_files(self.root, "models", "**/*.sql", self.faults)
        for name in self.packages:
            folder = f"{PACKAGES}/{name}/models"
            models += read_sql_files(self.root, folder, "**/*.sql", self.faults)
        types = {
            name: {column.name: column.data_type for column in item.columns if column.data_type}
            for name, item in documents.items()
        }
        models += read_seeds(self.root, types, self.faults)
        declared = [item for item in documents.values() if isinstance(item, SnapshotDocument)]
        models += read_snapshots(self.root, declared, self.faults)
        seen: dict[str, SqlFile] = {}
        for model in models:
            if model.name in seen:
                message = f"the model `{model.name}` is also in {seen[model.name].path}"
                self.faults.append(Fault(model.location, message))
            seen[model.name] = model
        return models


def read_project(root: Path, wrong: Faults | None = None) -> Project:
    """Read the project in `root`, without the files of connections that are known to be `wrong`.

    Raises UsageError where `root` holds no project, and DefinitionError with every fault of
    every file. Names that refer to one another are checked by `check.check_project`.
    """
    reader = _Reader(_root(root), wrong or {})
    file = reader.read(ProjectFile, reader.root / PROJECT_FILE)
    project = _project(reader, file)
    if file is None and not reader.faults:
        reader.faults.append(Fault(Location(PROJECT_FILE), "the file is empty"))
    if reader.faults:
        raise DefinitionError(reader.faults)
    return project


def read_readable(root: Path) -> Project:
    """Read what can be read of a project with mistakes, for questions about what is stored.

    Raises UsageError where `root` holds no project.
    """
    reader = _Reader(_root(root), {}, is_partial=True)
    written = read_document(reader.root / PROJECT_FILE, PROJECT_FILE, [])
    file = readable_part(ProjectFile, written, "name") if written else None
    return replace(_project(reader, file), is_partial=True)


def _root(root: Path) -> Path:
    root = root.resolve()
    if not (root / PROJECT_FILE).exists():
        hint = "run `runner init` to start a project, or name its folder with --project-dir"
        if (root / "dbt_project.yml").exists():
            hint = f"this is a project of dbt: rename dbt_project.yml to {PROJECT_FILE}, and run"
            hint += " `runner compile`, which names what to edit; see `runner help from-dbt`"
        raise UsageError(f"found no {PROJECT_FILE} in {root}", hint=hint)
    return root


def _project(reader: _Reader, file: ProjectFile | None) -> Project:
    root = reader.root
    model_files = reader.model_files()
    documents = reader.documents(model_files)
    connections = tuple(reader.connections())
    selectors, default_selector = reader.selectors()
    return Project(
        root=root,
        file=file or ProjectFile.model_validate({"name": "unread"}),
        connections=tuple(item.with_format(file.format if file else None) for item in connections),
        properties=reader.properties(),
        event_types=reader.event_types(),
        group_types=reader.group_types(),
        decisions=read_decisions(root, reader.faults),
        models=tuple(reader.models(documents)),
        documents=documents,
        unit_tests=tuple(test for file in model_files for test in file.unit_tests),
        macros=tuple(reader.macros()),
        tests=tuple(read_sql_files(root, "tests", "*.sql", reader.faults)),
        python_files=read_python_files(root, connections, reader.faults),
        broken=tuple(reader.broken),
        selectors=selectors,
        exposures=reader.exposures(model_files),
        default_selector=default_selector,
    )
