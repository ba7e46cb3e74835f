"""What a `.yml` beside a SQL model says of it: descriptions, configuration, data tests."""

from typing import Annotated, Any, Literal

from pydantic import AliasChoices, Field

from runner.definitions.declaration import Declaration, OneOrMore, Scalar
from runner.definitions.document import Section
from runner.definitions.unit_test import UnitTest
from runner.errors import choices, nearest

Materialized = Literal["view", "table", "incremental", "segment", "external", "ephemeral"]
TESTS = {
    "unique": (),
    "not_null": (),
    "accepted_values": ("values",),
    "relationships": ("to", "field"),
}
SETTINGS = ("severity", "where", "name")


class Test(Declaration):
    """A generic data test, dbt style: a word, or a word with its arguments."""

    name: str
    arguments: Annotated[dict[str, Scalar], Field(default_factory=dict)]
    severity: Literal["error", "warn"] = "error"
    where: str | None = None

    @classmethod
    def expand(cls, value: Any) -> Any:
        """Return what was written without its shorthand."""
        location = getattr(value, "location", None)
        if isinstance(value, str):
            word, given = str(value), Section(location) if location else {}
        elif isinstance(value, dict) and len(value) == 1:
            word, given = next(iter(value.items()))
        else:
            return value
        return {"name": _known(word), **_arguments(word, given or {})}


def _known(word: str) -> str:
    if word not in TESTS:
        raise ValueError(
            f"unknown test `{word}`.{nearest(word, TESTS)} Allowed here: {choices(TESTS)}"
        )
    return word


def _arguments(word: str, given: Any) -> dict[str, Any]:
    if not isinstance(given, dict):
        raise ValueError(f"expected the arguments of `{word}` as `key: value` lines")
    nested = given.get("arguments") or {}
    flat = {key: item for key, item in {**given, **nested}.items() if key != "arguments"}
    settings = {**(flat.pop("config", None) or {})}
    settings |= {key: flat.pop(key) for key in ("severity", "where") if key in flat}
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
