"""A goal that sends the members of a segment out as a file."""

from collections.abc import Mapping
from typing import Annotated, Any, ClassVar, Literal, Self

from pydantic import BeforeValidator, Field, model_validator

from runner.definitions.declaration import Declaration, OneOrMore, OnError
from runner.definitions.event_export import EventExport
from runner.definitions.file_source import Name
from runner.definitions.format import ExportFormat
from runner.definitions.limit import MaxChange
from runner.definitions.objective import ObjectiveNames
from runner.definitions.profile_property import PropertyType

KINDS = {
    "profile_id": "profile_id",
    "property": "property_name",
    "segments": "segments",
    "viewed_interactions": "viewed_interactions",
    "permission_level": "permission_level",
    "consent": "consent",
    "text": "text",
    "expression": "expression",
    "change": "change",
    "group_id": "group_id",
    "members": "members",
}
CHANGES = ("added", "changed", "removed")
"""What can have become of a profile since the last export (X4)."""


class Column(Declaration):
    """One column of an exported file; exactly one of the kinds of content."""

    header: str
    profile_id: Literal[True] | None = None
    property_name: Annotated[Name | None, Field(alias="property")] = None
    # `all`, or the names of segments; the names of those the profile is in are written.
    segments: Literal["all"] | tuple[str, ...] | None = None
    viewed_interactions: Literal["all"] | None = None
    permission_level: Literal[True] | None = None
    # The name of an objective: whether the person consented, empty where never asked (C1).
    consent: Name | None = None
    text: str | None = None
    # SQL over the columns of `profiles`; `var`, `env_var` and macros work in it.
    expression: str | None = None
    # What became of the profile since the last export: `added`, `changed` or `removed` (X4).
    change: Literal[True] | None = None
    # Type of what an expression gives, by which it is written.
    type: PropertyType = "text"
    # How segments are written: by their names, or by the titles that `models/` gives them.
    segments_as: Literal["ids", "titles"] = "ids"
    # The SHA-256, in hexadecimal digits, of the text in lower case without blanks around it.
    hash: Literal["sha256"] | None = None
    # With `property`: it is one of the groups of this type that the profile is in (G1).
    group: Name | None = None
    # In a goal of groups: the id of the group, and the number of its members.
    group_id: Literal[True] | None = None
    members: Literal[True] | None = None

    @classmethod
    def expand(cls, value: Any) -> Any:
        """Return the full form of what was written."""
        for key in ("profile_id", "permission_level", "change", "group_id", "members"):
            if isinstance(value, dict) and str(value.get(key)).lower() == "true":
                value[key] = True
        return value

    @model_validator(mode="after")
    def _one(self) -> Self:
        if sum(getattr(self, field) is not None for field in KINDS.values()) != 1:
            raise ValueError("expected one of " + ", ".join(KINDS))
        for key, owner in (
            ("type", "expression"),
            ("segments_as", "segments"),
            ("group", "property"),
        ):
            if key in self.model_fields_set and self.kind != owner:
                raise ValueError(f"`{key}` is of columns with `{owner}`")
        if self.hash and self.kind == "change":
            raise ValueError("`hash` does not fit `change`")
        return self

    @property
    def kind(self) -> str:
        """Return which kind of content the column has."""
        return next(kind for kind, field in KINDS.items() if getattr(self, field) is not None)


class ExportProfiles(Declaration):
    """An export goal (X1 to X4)."""

    kind: Literal["export_profiles"]
    name: Name
    title: str = ""
    description: str = ""
    enabled: bool = True
    tags: tuple[str, ...] = ()
    # When it fails: whether the build goes on with what comes after it.
    on_error: OnError = "continue"
    # When an import failed in the build: whether its files are sent all the same (X6).
    on_upstream_error: Literal["skip", "send"] = "skip"
    segment: str
    directory: str = ""
    # `{segment}`, `{goal}`, `{connection}`, `{timestamp}`, `{build_id}`, `{part}`, `{change}`; a
    # fixed name replaces the file.
    file_name: str = "{segment}_{timestamp}.csv"
    # Lines of one file, the header not counted; `{part}` in its name is the number of the file.
    max_rows_per_file: Annotated[int | None, Field(ge=1)] = None
    # Name of a small file that is sent after each file; `{name}` is that file's.
    trigger: str = ""
    format: ExportFormat = ExportFormat()
    columns: tuple[Column, ...]
    # Since the last export: everybody, or those whose exported columns changed (X4).
    changes: Literal["all", "changed", "added_changed_removed"] = "all"
    # Headers of the columns by which the partner knows people (X5): the id where absent, else the
    # exported identifiers.
    key: OneOrMore[str] = ()
    # Events of the exported profiles, in files of their own.
    events: EventExport | None = None
    when_empty: Literal["header", "skip"] = "header"
    # More members that come or go since the last export than this stop it; the project's where
    # absent.
    max_change: MaxChange | None = None
    # Puts a ' before values that a spreadsheet would run as a formula.
    neutralize_formulas: bool = False
    # They replace those of the connection (C1).
    objectives: ObjectiveNames = ()

    @model_validator(mode="after")
    def _columns(self) -> Self:
        if not self.columns:
            raise ValueError("expected at least one column")
        return self

    @property
    def has_change_files(self) -> bool:
        """Tell whether added, changed and removed profiles get a file each."""
        return self.lists_removed and "{change" in self.file_name

    @property
    def lists_removed(self) -> bool:
        """Tell whether the partner gets those who left since the last export (X5)."""
        return self.changes == "added_changed_removed"

    @property
    def of_groups(self) -> str:
        """Return the type of the groups that it exports; empty where it exports profiles."""
        return ""


def _no_events(value: Any) -> Any:
    if value is not None:
        raise ValueError("events happen to profiles: an export_profiles goal writes them")
    return value


class ExportGroups(ExportProfiles):
    """An export goal of groups (G1): all of a type, or those with a member in the segment."""

    refused: ClassVar[Mapping[str, str]] = {"objectives": "people consent, and groups are none"}

    kind: Literal["export_groups"]  # type: ignore[assignment]
    segment: str = ""
    file_name: str = "{group_type}_{timestamp}.csv"
    events: Annotated[EventExport | None, BeforeValidator(_no_events)] = None
    group_type: Name

    @property
    def of_groups(self) -> str:
        """Return the type of the groups that it exports."""
        return self.group_type
