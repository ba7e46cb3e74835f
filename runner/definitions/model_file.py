"""What a `.yml` beside a SQL model says of it: descriptions, configuration, data tests."""

from collections.abc import Mapping
from typing import Annotated, Any, ClassVar, Literal

from pydantic import AfterValidator, AliasChoices, BeforeValidator, Field

from runner.definitions.declaration import Declaration, OneOrMore, Scalar, shorthand
from runner.definitions.document import Section
from runner.definitions.exposure import Exposure, used
from runner.definitions.threshold import Threshold, is_met
from runner.definitions.unit_test import UnitTest
from runner.errors import choices
from runner.model import HardDeletes, OnSchemaChange

Materialized = Literal[
    "view", "table", "incremental", "segment", "external", "ephemeral", "snapshot"
]
TESTS = {
    "unique": (),
    "not_null": (),
    "accepted_values": ("values",),
    "relationships": ("to", "field"),
    "accepted_range": (),
    "expression_is_true": ("expression",),
    "not_empty": (),
    "recency": ("field", "days"),
    "relationships_where": ("to", "field"),
    "unique_combination": ("columns",),
}
"""Generic tests -> the arguments that they need."""
OPTIONAL = {
    "accepted_range": ("min_value", "max_value", "inclusive"),
    "relationships_where": ("from_condition", "to_condition"),
}
"""Generic tests -> arguments that they may have."""
DBT_UTILS = "dbt_utils."
"""Before the names of tests that dbt has in a package."""
OTHER_NAMES = {
    "unique_combination_of_columns": "unique_combination",
    "combination_of_columns": "columns",
}
"""Names of tests and arguments in that package -> names here."""


class DataTestConfig(Declaration):
    """When a data test fails, and what is stored of the rows that fail."""

    severity: Literal["error", "warn"] = "error"
    # Conditions on the number of failing rows.
    warn_if: Threshold = "!=0"
    error_if: Threshold = "!=0"
    limit: Annotated[int, Field(gt=0)] | None = None
    store_failures: bool = False

    def status(self, failures: int) -> Literal["pass", "warn", "fail"]:
        """Return what a test is that finds so many failing rows."""
        if self.severity == "error" and is_met(self.error_if, failures):
            return "fail"
        return "warn" if is_met(self.warn_if, failures) else "pass"


class TestWord(Declaration):
    """What a generic data test asserts."""

    name: str
    arguments: Annotated[dict[str, Scalar], Field(default_factory=dict)]


class Test(DataTestConfig, TestWord):
    """A generic data test, dbt style: a word, or a word with its arguments."""

    where: str | None = None

    @classmethod
    def expand(cls, value: Any) -> Any:
        """Return what was written without its shorthand."""
        if isinstance(value, str):
            word, given = str(value), None
        elif isinstance(value, dict) and len(value) == 1:
            word, given = next(iter(value.items()))
        else:
            return value
        word = word.removeprefix(DBT_UTILS)
        word = OTHER_NAMES.get(word, word)
        made = shorthand(value, name=word, **_arguments(word, given or {}))
        for section in (given, given.get("config")) if isinstance(given, Section) else ():
            if isinstance(section, Section):
                made.key_locations |= section.key_locations
                made.value_locations |= section.value_locations
        return made


def _arguments(word: str, given: Any) -> dict[str, Any]:
    parts = [given]
    if isinstance(given, dict):
        parts += [given.get("arguments") or {}, given.get("config") or {}]
    if not all(isinstance(part, dict) for part in parts):
        raise ValueError(f"expected the arguments of `{word}` as `key: value` lines")
    _, nested, config = parts
    flat = {**given, **nested}
    for key in ("arguments", "config"):
        flat.pop(key, None)
    settings = {**config}
    settings |= {
        key: flat.pop(key) for key in (*DataTestConfig.model_fields, "where") if key in flat
    }
    flat = {OTHER_NAMES.get(name, name): value for name, value in flat.items()}
    if word in TESTS:
        _check_arguments(word, flat)
    return {"arguments": flat, **settings}


def _check_arguments(word: str, given: Mapping[str, Any]) -> None:
    optional = OPTIONAL.get(word, ())
    missing = [name for name in TESTS[word] if name not in given]
    unknown = [name for name in given if name not in (*TESTS[word], *optional, "column_name")]
    if missing or unknown:
        names = choices((*TESTS[word], *optional)) or "none"
        raise ValueError(f"`{word}` takes {names}; found {choices(given) or 'none'}")


class ColumnDocument(Declaration):
    """One column of a model."""

    name: str
    description: str = ""
    data_type: str | None = None
    tests: Annotated[
        OneOrMore[Test], Field(validation_alias=AliasChoices("tests", "data_tests"))
    ] = ()


INSTEAD_OF_DBT = {
    "target_schema": "snapshots are in `main`",
    "target_database": "a target has one warehouse: state `warehouse` there",
    "schema": "segments are in the schema `segments`, other models in `main`",
    "database": "a target has one warehouse: state `warehouse` there",
    "incremental_strategy": "rows with the same `unique_key` are replaced, others are added",
    "full_refresh": "`runner run --select NAME --full-refresh` makes a model again",
    "grants": "who may read the warehouse file may read all of it",
    "persist_docs": "descriptions are always comments of the tables",
    "column_types": "state `data_type` of a column of the seed",
    "contract": "test the columns instead",
    "quoting": "names are always quoted",
    "indexes": "the warehouse needs none",
    "docs": "`title` and `description` stand beside `name`",
    "meta": "write it into `description`, or as `tags`",
    "group": "select models by `tags` or by path",
    "event_time": "write the condition into the SELECT, behind is_incremental()",
    "batch_size": "write the condition into the SELECT, behind is_incremental()",
}
"""Keys of dbt's configuration -> what to do instead."""
REFUSED = {
    key: f"`{key}` of dbt has no meaning here: {instead}" for key, instead in INSTEAD_OF_DBT.items()
}


def _hook(value: Any) -> Any:
    """Return the SQL of a hook, which dbt also takes as `{sql: ..., transaction: true}`."""
    if not isinstance(value, Mapping):
        return value
    if "sql" not in value or str(value.get("transaction", "true")).lower() != "true":
        raise ValueError("expected SQL, or `sql` with SQL: a hook runs in the model's transaction")
    return value["sql"]


Hook = Annotated[str, BeforeValidator(_hook)]


class ModelConfig(Declaration):
    """Configuration that may also stand in the SQL as `{{ config(...) }}`."""

    refused: ClassVar[Mapping[str, str]] = REFUSED

    materialized: Materialized | None = None
    tags: OneOrMore[str] = ()
    enabled: bool = True
    # The name of its table, where that is not the model's.
    alias: Annotated[str, Field(pattern=r"^\w*$")] = ""
    unique_key: OneOrMore[str] = ()
    on_schema_change: OnSchemaChange = "ignore"
    # Statements that run before the model and behind it, in its transaction.
    pre_hook: Annotated[
        OneOrMore[Hook], Field(validation_alias=AliasChoices("pre_hook", "pre-hook"))
    ] = ()
    post_hook: Annotated[
        OneOrMore[Hook], Field(validation_alias=AliasChoices("post_hook", "post-hook"))
    ] = ()
    # Of an external model: its file, and how that is written.
    external_path: Annotated[str | None, Field(alias="location")] = None
    format: str | None = None
    delimiter: str | None = None
    options: dict[str, Scalar] = {}
    # Of a snapshot: how a change is found, and from when it counts.
    strategy: Literal["timestamp", "check"] | None = None
    updated_at: str = ""
    check_cols: OneOrMore[str] = ()
    hard_deletes: HardDeletes = "ignore"
    invalidate_hard_deletes: bool = False
    dbt_valid_to_current: str = ""
    snapshot_meta_column_names: dict[str, str] = {}


class ModelDocument(Declaration):
    """What is said of one model."""

    name: str
    title: str = ""
    description: str = ""
    config: ModelConfig = ModelConfig()
    columns: tuple[ColumnDocument, ...] = ()
    tests: Annotated[
        OneOrMore[Test], Field(validation_alias=AliasChoices("tests", "data_tests"))
    ] = ()


class SnapshotDocument(ModelDocument):
    """What is said of one snapshot; with `relation` all of it."""

    # `ref('model')` or `source('connection', 'goal', 'files')`; absent where a block has the SQL.
    relation: Annotated[str, AfterValidator(used)] = ""


NOT_HERE = {
    "sources": "read a seed or a model with `ref('name')`, files of a goal with"
    " `source('connection', 'goal', 'files')`, which need no declaration",
    "semantic_models": "leave it out: a tool for metrics reads the tables of the warehouse",
    "metrics": "leave it out: a tool for metrics reads the tables of the warehouse",
    "saved_queries": "leave it out, or write a model",
    "macros": "describe a macro in a comment of its file",
    "analyses": "`runner query` runs SQL that is no model",
    "groups": "select models by `tags` or by path",
    "functions": "create a macro of SQL in a `pre_hook`, or write a macro of Jinja",
    "data_tests": "a file `tests/<name>.sql` needs no declaration",
}
"""Keys of dbt's files -> what to do instead."""


class ModelFile(Declaration):
    """A `.yml` file below `models/`, `seeds/` or `snapshots/`, in dbt's form."""

    refused: ClassVar[Mapping[str, str]] = {
        key: f"`{key}` of dbt has no meaning here: {instead}" for key, instead in NOT_HERE.items()
    }

    version: Literal["2"] | None = None
    models: tuple[ModelDocument, ...] = ()
    seeds: tuple[ModelDocument, ...] = ()
    snapshots: tuple[SnapshotDocument, ...] = ()
    unit_tests: tuple[UnitTest, ...] = ()
    exposures: tuple[Exposure, ...] = ()
