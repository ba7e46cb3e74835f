"""A goal that turns files into profiles."""

from collections.abc import Mapping as Keys
from typing import Annotated, Any, ClassVar, Literal, Self

from pydantic import AfterValidator, AliasChoices, Field, model_validator

from runner.definitions.declaration import Declaration, OneOrMore, OnError, Scalar, shorthand
from runner.definitions.event_import import EventImport
from runner.definitions.file_source import FileSource, Name
from runner.definitions.format import Format
from runner.definitions.limit import Limit, MaxChange
from runner.definitions.objective import MappedName, ObjectiveNames, objective_of
from runner.definitions.ready import Ready
from runner.definitions.strategy import StrategyName

TAKEN = (
    "event_profile_id",
    "is_kept",
    "is_read",
    "key_hash",
    "known_origin",
    "known_profile_id",
    "main_row",
    "origin",
    "row_hash",
    "row_order",
)
"""Columns that runner itself adds to the joined row."""


def _not_taken(value: str) -> str:
    if value.lower() in TAKEN:
        raise ValueError(f"`{value}` is a column of runner itself; choose another name")
    return value


ColumnName = Annotated[str, AfterValidator(_not_taken)]


class Step(Declaration):
    """One step of `process` (R4): exactly one of set, keep, drop and python."""

    # Column -> SQL expression over the joined row; a new column or one that is replaced.
    set: dict[ColumnName, str] | None = None
    # SQL condition: rows for which it does not hold are filtered.
    keep: str | None = None
    # SQL condition: rows for which it holds are filtered.
    drop: str | None = None
    # `module:function` of the project, which is given the columns of `from` and makes those
    # of `into`.
    python: str | None = None
    source: Annotated[OneOrMore[str], Field(alias="from")] = ()
    into: OneOrMore[ColumnName] = ()

    @model_validator(mode="after")
    def _one(self) -> Self:
        parts = (self.set, self.keep, self.drop, self.python)
        if sum(part is not None for part in parts) != 1:
            raise ValueError("expected one of `set`, `keep`, `drop` or `python`")
        if self.python is None and (self.source or self.into):
            raise ValueError("`from` and `into` belong to a `python` step")
        if self.python is not None and not (self.source and self.into):
            raise ValueError(
                "`python` needs `from`, the columns that the function is given, and `into`,"
                " those that it makes"
            )
        if len({name.lower() for name in self.into}) < len(self.into):
            raise ValueError("`into` names a column twice")
        return self


class Mapping(Declaration):
    """Where the value of a property comes from, and how it is applied (P4)."""

    # A column, `source.column`, or a SQL expression over the joined row.
    source: Annotated[str | None, Field(alias="from")] = None
    # A constant, instead of `from`.
    value: Scalar = None
    strategy: StrategyName = "set"
    # Of `set`: a column or expression; the row with the latest such time, or the greatest such
    # number, wins, whatever the order in which rows arrive (P8).
    latest_by: str | None = None

    @classmethod
    def expand(cls, value: Any) -> Any:
        """Return what was written without its shorthand."""
        if isinstance(value, str):
            return shorthand(value, **{"from": value})
        return value

    @model_validator(mode="after")
    def _one(self) -> Self:
        if (self.source is None) == (self.value is None):
            raise ValueError("expected either `from` (a column) or `value` (a constant)")
        if self.latest_by is not None and self.strategy != "set":
            raise ValueError(f"`latest_by` belongs to the strategy `set`: found `{self.strategy}`")
        return self


class MapRest(Declaration):
    """Maps every column that nothing else uses to a text property of its own."""

    prefix: str = ""
    strategy: Literal["set", "set_if_empty", "set_or_clear"] = "set"
    # The most properties that it makes: a header with more columns may be broken.
    max_columns: Annotated[int, Field(ge=1)] = 500

    @classmethod
    def expand(cls, value: Any) -> Any:
        """Return what was written without its shorthand."""
        return shorthand(value) if str(value) == "true" else value


class Identify(Declaration):
    """How a row finds its profile (P1): OR between the items of `by`, AND inside one."""

    by: Annotated[tuple[dict[str, str], ...], Field(min_length=1)]
    create_profiles: bool = True
    # What becomes of rows that lead to several profiles (P2).
    on_conflict: Literal["first", "merge", "reject"] = "first"


class ImportGoal(Declaration):
    """Files in, something of the warehouse updated: what all import goals declare."""

    kind: str
    name: Name
    title: str = ""
    description: str = ""
    enabled: bool = True
    tags: tuple[str, ...] = ()
    # When it fails: whether the build goes on with what comes after it.
    on_error: OnError = "continue"
    files: Annotated[dict[Name, FileSource], Field(min_length=1)]
    format: Format = Format()
    # When files count as whole (F4).
    ready: Ready | None = None
    # Imported main files are renamed to `<name>.done` (F6).
    done_suffix: bool = False
    process: tuple[Step, ...] = ()
    # Columns of the main file that identify a line at the partner: a corrected line replaces
    # what the earlier one gave.
    key: OneOrMore[str] = ()
    # SQL condition: lines that retract what they gave.
    deleted_when: str | None = None
    identify: Identify
    written_map: Annotated[dict[MappedName, Mapping], Field(alias="map")] = {}
    map_rest: MapRest | None = None
    # More rejected lines and values than this fail the goal (R6); no limit where absent.
    max_rejects: Limit | None = None
    # A build that would create, change or remove more than this stops the goal; the project's
    # where absent.
    max_change: MaxChange | None = None

    @property
    def main(self) -> str:
        """Return the name of the main file source."""
        return next(iter(self.files))

    @property
    def map(self) -> dict[str, Mapping]:
        """Return the properties that it fills, each with where its value comes from."""
        return {key: item for key, item in self.written_map.items() if objective_of(key) is None}

    @property
    def consent(self) -> dict[str, Mapping]:
        """Return the objectives whose consent its rows state (C1)."""
        mapped = self.written_map.items()
        return {objective_of(key) or "": item for key, item in mapped if objective_of(key)}

    @model_validator(mode="after")
    def _main_is_first(self) -> Self:
        if self.files[self.main].join:
            raise ValueError(
                f"the first file source, `{self.main}`, is the main file: it has no `join`"
            )
        if self.deleted_when is not None and not self.key:
            raise ValueError(
                "`deleted_when` needs `key`: the columns by which the line that goes is found"
            )
        return self

    def format_of(self, source: str) -> Format:
        """Return the format of one file source: the goal's, with what the source states."""
        return self.format.overlaid(self.files[source].format)

    def is_full(self, source: str) -> bool:
        """Tell whether lines that are gone from a file of a source retract what they gave (F9)."""
        return (self.files[source].feed or ("delta" if source == self.main else "full")) == "full"

    def ready_of(self, source: str) -> Ready | None:
        """Return when the files of one source count as whole: as it says, else as the goal does."""
        return self.files[source].ready or self.ready

    @property
    def mapped_events(self) -> tuple[EventImport, ...]:
        """Return the events that its rows become."""
        return ()


class ImportProfiles(ImportGoal):
    """An import goal: files in, profiles updated."""

    kind: Literal["import_profiles"]
    # Timeline events that its rows become (E1, E2).
    events: tuple[EventImport, ...] = ()
    # They replace those of the connection (C1).
    objectives: ObjectiveNames = ()

    @property
    def mapped_events(self) -> tuple[EventImport, ...]:
        """Return the events that its rows become."""
        return self.events


class GroupIdentify(Identify):
    """How a row finds its group (P1, G1)."""

    create_profiles: Annotated[bool, Field(validation_alias=AliasChoices("create_groups"))] = True


class ImportGroups(ImportGoal):
    """An import goal: files in, groups of one type updated (G1)."""

    refused: ClassVar[Keys[str, str]] = {"objectives": "people consent, and groups are none"}

    kind: Literal["import_groups"]
    group_type: Name
    identify: GroupIdentify
