"""What a `.yml` beside a SQL model says of it: descriptions, configuration, data tests."""

from typing import Annotated, Any, Literal

from pydantic import AliasChoices, Field

from runner.definitions.declaration import Declaration, OneOrMore, Scalar, shorthand
from runner.definitions.document import Section
from runner.definitions.threshold import Threshold, is_met
from runner.definitions.unit_test import UnitTest
from runner.errors import choices, nearest
from runner.model import OnSchemaChange

Materialized = Literal["view", "table", "incremental", "segment", "external", "ephemeral"]
TESTS = {
    "unique": (),
    "not_null": (),
    "accepted_values": ("values",),
    "relationships": ("to", "field"),
}


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
        made = shorthand(value, name=_known(word), **_arguments(word, given or {}))
        for section in (given, given.get("config")) if isinstance(given, Section) else ():
            if isinstance(section, Section):
                made.key_locations |= section.key_locations
                made.value_locations |= section.value_locations
        return made


def _known(word: str) -> str:
    if word not in TESTS:
        raise ValueError(
            f"unknown test `{word}`.{nearest(word, TESTS)} Allowed here: {choices(TESTS)}"
        )
    return word


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
    missing = [name for name in TESTS[word] if name not in flat]
    unknown = [name for name in flat if name not in (*TESTS[word], "column_name")]
    if missing or unknown:
        names = choices(TESTS[word]) or "none"
        raise ValueError(f"`{word}` takes {names}; found {choices(flat) or 'none'}")
    return {"arguments": flat, **settings}


class ColumnDocument(Declaration):
    """One column of a model."""

    name: str
    description: str = ""
    data_type: str | None = None
    tests: Annotated[
        OneOrMore[Test], Field(validation_alias=AliasChoices("tests", "data_tests"))
    ] = ()


class ModelConfig(Declaration):
    """Configuration that may also stand in the SQL as `{{ config(...) }}`."""

    materialized: Materialized | None = None
    tags: OneOrMore[str] = ()
    enabled: bool = True
    unique_key: OneOrMore[str] = ()
    on_schema_change: OnSchemaChange = "ignore"
    # Of an external model: its file, and how that is written.
    external_path: Annotated[str | None, Field(alias="location")] = None
    format: str | None = None
    delimiter: str | None = None
    options: dict[str, Scalar] = {}


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


class ModelFile(Declaration):
    """A `.yml` file below `models/`, in dbt's form."""

    version: Literal["2"] | None = None
    models: tuple[ModelDocument, ...] = ()
    unit_tests: tuple[UnitTest, ...] = ()
