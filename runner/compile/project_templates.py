"""The SQL templates of a project, rendered with `ref`, `source`, `config` and `this`."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from runner.compile.jinja_environment import TemplateFault
from runner.compile.library import Library, tidied
from runner.compile.public_tables import public_tables
from runner.compile.snapshot_plan import KEYS as SNAPSHOT_KEYS
from runner.compile.source_lines import Source, find_source
from runner.definitions.declaration import read_declaration
from runner.definitions.document import Section
from runner.definitions.model_defaults import model_defaults
from runner.definitions.model_file import REFUSED, ModelConfig
from runner.definitions.project import Project
from runner.definitions.sql_file import SqlFile
from runner.errors import DefinitionError, Fault, Location, choices, nearest
from runner.sql.quoting import Sql, quoted_relation

UNDEFINED = re.compile(r"'(\w+)' is undefined")
"""How a message begins about a name that a template does not know."""
MATERIALIZED = ("view", "table", "incremental", "segment", "external", "ephemeral", "snapshot")
SETTINGS = (
    *("materialized", "tags", "enabled", "alias", "unique_key", "on_schema_change"),
    *("location", "format", "delimiter", "options"),
    *("pre_hook", "pre-hook", "post_hook", "post-hook"),
    *SNAPSHOT_KEYS,
)


@dataclass
class Calls:
    """What a template called while it was rendered."""

    config: dict[str, Any] = field(default_factory=dict)
    refs: list[str] = field(default_factory=list)
    sources: list[Source] = field(default_factory=list)

    @property
    def depends_on(self) -> tuple[str, ...]:
        """Return what must be there first: models, tables, and the goals of sources."""
        goals = [source.goal_name for source in self.sources]
        return tuple(dict.fromkeys([*self.refs, *goals]))


class ProjectTemplates:
    """Renders each file twice: once to learn its configuration, once with all relations known.

    `existing` holds the tables that the warehouse has already, for `is_incremental()`. What is
    wrong with any file is added to `faults`.
    """

    def __init__(
        self,
        project: Project,
        library: Library,
        target: Mapping[str, Any],
        existing: frozenset[str],
    ) -> None:
        self.project = project
        self.library = library
        self.target = target
        self.existing = existing
        self.faults: list[Fault] = []
        self.files = {file.name: file for file in project.models if not library.is_template(file)}
        self.configs: dict[str, ModelConfig] = {}

    def read_configs(self) -> None:
        """Read the configuration of each model."""
        for file in self.files.values():
            self.configs[file.name] = self._config_of(file)

    def render(
        self,
        file: SqlFile,
        calls: Calls,
        this: str = "",
        changed: Mapping[str, Any] | None = None,
        at: Location | None = None,
    ) -> tuple[str, tuple[Location, ...]]:
        """Return the SQL of a file, and where each of its lines was written.

        `this` is the relation that the file makes; `changed` replaces template functions; `at` is
        where the text stands, if it is not a file of its own.
        """
        variables = {
            "ref": self.ref_for(file, calls),
            "source": self.source_for(calls),
            "config": _config(calls),
            "this": this,
            "target": self.target,
            "is_incremental": lambda: self.is_incremental(file),
            **(changed or {}),
        }
        try:
            rendered = self.library.environment.render(file.text, at or file.location, variables)
        except DefinitionError as error:
            faults = [self._quoted(fault) for fault in error.faults]
            self.faults += [fault for fault in faults if fault not in self.faults]
            return "select null as profile_id", (file.location,)
        return tidied(rendered, file.path)

    def _quoted(self, fault: Fault) -> Fault:
        """Return a fault, which says so where a model is named without quotes."""
        found = UNDEFINED.match(fault.message)
        name = found[1] if found else ""
        if name not in self.files and name not in public_tables(self.project):
            return fault
        return Fault(fault.location, f"'{name}' is undefined: quote the model: ref('{name}')")

    def is_incremental(self, file: SqlFile) -> bool:
        """Tell whether a model adds its rows to those that its table has already."""
        config = self.configs.get(file.name)
        is_declared = config is not None and config.materialized == "incremental"
        return is_declared and self.relation(file.name) in self.existing

    def ref_for(self, file: SqlFile, calls: Calls) -> Callable[..., Sql]:
        """Return the template function `ref` of a file."""

        def ref(*names: str) -> Sql:
            name = names[-1]
            public = public_tables(self.project)
            if name not in self.files and name not in public:
                known = [*self.files, *public]
                raise TemplateFault(
                    f"there is no model '{name}'.{nearest(name, known)} Known: {choices(known)}"
                )
            if name == file.name:
                raise TemplateFault(f"the model '{name}' refers to itself; use `this`")
            calls.refs.append(name)
            return self.relation(name)

        return ref

    def source_for(self, calls: Calls) -> Callable[..., Sql]:
        """Return the template function `source`."""

        def source(*names: str) -> Sql:
            found = find_source(self.project, names)
            if found not in calls.sources:
                calls.sources.append(found)
            return found.relation

        return source

    def relation(self, name: str) -> Sql:
        """Return the quoted name of the relation of a model."""
        config = self.configs.get(name)
        schema = "segments" if config and config.materialized == "segment" else "main"
        return quoted_relation(schema, (config and config.alias) or name)

    def _config_of(self, file: SqlFile) -> ModelConfig:
        calls = Calls()
        self.render(file, calls)
        defaults: dict[str, Any] = {
            "materialized": "segment" if file.folder == "segments" else "table"
        }
        # The lines of files are there while models run, and a view would outlive them.
        if file.folder == "staging" and not calls.sources:
            defaults["materialized"] = "view"
        document = self.project.documents.get(file.name)
        stated = document.config.model_dump(exclude_unset=True, by_alias=True) if document else {}
        merged = {
            **defaults,
            **model_defaults(self.project.file, file),
            **stated,
            **calls.config,
        }
        unknown = [key for key in merged if key not in SETTINGS]
        for key in unknown:
            message = f"unknown configuration '{key}'.{nearest(key, SETTINGS)}"
            message = REFUSED.get(key, f"{message} Allowed: {choices(SETTINGS)}")
            self.faults.append(Fault(file.location, message))
        materialized = merged["materialized"]
        if materialized not in MATERIALIZED:
            guess = nearest(str(materialized), MATERIALIZED)
            message = (
                f"found materialized='{materialized}'.{guess} Allowed: {choices(MATERIALIZED)}"
            )
            self.faults.append(Fault(file.location, message))
            merged["materialized"] = "view"
        elif calls.sources and materialized in ("view", "ephemeral"):
            message = (
                f"a view cannot read source(): the lines of files are not kept in the warehouse."
                f" Write materialized='table' instead of '{materialized}'"
            )
            self.faults.append(Fault(file.location, message))
        known = Section(file.location)
        known.update({key: value for key, value in merged.items() if key not in unknown})
        return read_declaration(ModelConfig, known, self.faults) or ModelConfig()


def _config(calls: Calls) -> Callable[..., str]:
    def config(**settings: Any) -> str:
        calls.config |= settings
        return ""

    return config
