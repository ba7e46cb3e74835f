"""The file `runner_project.yml`: name, time zone, targets, variables."""

from collections.abc import Mapping
from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field

from runner.definitions.connection import Access
from runner.definitions.declaration import Declaration, OneOrMore, Scalar
from runner.definitions.duration import Duration
from runner.definitions.file_source import Name
from runner.definitions.format import Format, TimeZone
from runner.definitions.limit import MaxChange
from runner.definitions.model_file import Hook
from runner.definitions.notify import Mail
from runner.definitions.objective import Objective


class TargetAccess(Access):
    """Where a target finds a connection."""


class Target(Declaration):
    """An engine and its warehouse, and where this target finds the connections."""

    engine: Literal["duckdb", "spark"] = "duckdb"
    # Of Spark: where Spark Connect listens, and with which token.
    remote: str | None = None
    token: str | None = None
    # Relative to the project's folder; of Spark, a folder or an URL.
    warehouse: str = "target/warehouse.duckdb"
    # Both None: what the engine finds on the machine.
    threads: Annotated[int, Field(ge=1)] | None = None
    memory_limit: str | None = None
    # Previous warehouses that are kept (B5).
    keep_builds: Annotated[int, Field(ge=0)] = 2
    connections: dict[Name, TargetAccess] = {}


INSTEAD_OF_DBT = {
    "profile": "state `targets` here: where the warehouse is and how connections are reached",
    "config-version": "leave it out",
    "version": "leave it out",
    "model-paths": "models are in models/",
    "macro-paths": "macros are in macros/",
    "test-paths": "tests are in tests/",
    "seed-paths": "seeds are in seeds/",
    "snapshot-paths": "snapshots are in snapshots/",
    "analysis-paths": "`runner query` runs SQL that is no model",
    "target-path": "what is generated is in target/",
    "clean-targets": "`runner clean` removes what builds made",
    "seeds": "describe seeds in a `.yml` of seeds/",
    "snapshots": "state `config` of each snapshot",
    "sources": "goals of connections are the sources: `source('connection', 'goal', 'file')`",
    "dispatch": "a macro of macros/ replaces a built-in one of the same name",
    "flags": "state options on the command line",
    "require-dbt-version": "leave it out",
    "dbt-cloud": "leave it out",
    "data-paths": "seeds are in seeds/",
    "asset-paths": "leave it out",
    "docs-paths": "descriptions are in the `.yml` of each model",
    "log-path": "--log-file writes a log",
    "packages-install-path": "packages are in packages/",
    "tests": "state `config` of each test",
    "data_tests": "state `config` of each test",
    "unit_tests": "state them beside their model",
    "semantic-models": "leave it out",
    "saved-queries": "leave it out",
    "exposures": "declare exposures in a `.yml` below models/",
    "restrict-access": "leave it out",
    "query-comment": "the first line of each compiled file names its template",
}
"""Keys of dbt's project file -> what to do instead."""
REFUSED = {
    key: f"`{key}` of dbt has no meaning here: {instead}" for key, instead in INSTEAD_OF_DBT.items()
}


class ProjectFile(Declaration):
    """The file `runner_project.yml`."""

    refused: ClassVar[Mapping[str, str]] = REFUSED

    name: Name
    timezone: TimeZone = "UTC"
    target: str = "local"
    targets: Annotated[dict[Name, Target], Field(default_factory=lambda: {"local": Target()})]
    vars: Annotated[dict[str, Scalar], Field(default_factory=dict)]
    # Purposes for which people give or refuse consent (C1).
    objectives: tuple[Objective, ...] = ()
    mail: Mail | None = None
    # The format of files that come in, where connections, goals and sources state no other.
    format: Format | None = None
    # How long staged files are kept; for ever where absent.
    retention: Duration | None = None
    # Staged files that were not used for so long are compressed.
    compact_after: Duration = 7 * 86400.0
    # The `max_change` of goals that state none.
    max_change: MaxChange | None = None
    # Defaults by folder of models, as `{marts: {materialized: table}}`.
    models: Annotated[dict[str, Any], Field(default_factory=dict)]
    # Statements that run on the copy of the warehouse, before all models and behind all tests.
    on_run_start: Annotated[OneOrMore[Hook], Field(alias="on-run-start")] = ()
    on_run_end: Annotated[OneOrMore[Hook], Field(alias="on-run-end")] = ()
