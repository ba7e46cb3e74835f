"""A goal that sends the members of a segment out as a file."""

from typing import Annotated, Any, Literal, Self

from pydantic import Field, model_validator

from runner.definitions.declaration import Declaration
from runner.definitions.file_source import Name
from runner.definitions.format import ExportFormat

KINDS = {
    "profile_id": "profile_id",
    "property": "property_name",
    "segments": "segments",
    "viewed_interactions": "viewed_interactions",
    "permission_level": "permission_level",
    "text": "text",
}


class Column(Declaration):
    """One column of an exported file; exactly one of the kinds of content."""

    header: str
    profile_id: Literal[True] | None = None
    property_name: Annotated[Name | None, Field(alias="property")] = None
    # `all`, or the names of segments; the names of those the profile is in are written.
    segments: Literal["all"] | tuple[str, ...] | None = None
    viewed_interactions: Literal["all"] | None = None
    permission_level: Literal[True] | None = None
    text: str | None = None

    @classmethod
    def expand(cls, value: Any) -> Any:
        """Return the full form of what was written."""
        for key in ("profile_id", "permission_level"):
            if isinstance(value, dict) and str(value.get(key)).lower() == "true":
                value[key] = True
        return value

    @model_validator(mode="after")
    def _one(self) -> Self:
        if sum(getattr(self, field) is not None for field in KINDS.values()) != 1:
            raise ValueError("expected one of " + ", ".join(KINDS))
        return self

    @property
    def kind(self) -> str:
        """Return which kind of content the column has."""
        return next(kind for kind, field in KINDS.items() if getattr(self, field) is not None)


class ExportProfiles(Declaration):
    """An export goal (X1 to X3)."""

    kind: Literal["export_profiles"]
    name: Name
    title: str = ""
    description: str = ""
    enabled: bool = True
    tags: tuple[str, ...] = ()
    segment: str
    directory: str = ""
    # `{segment}`, `{goal}`, `{connection}`, `{timestamp}`; a fixed name replaces the file.
    file_name: str = "{segment}_{timestamp}.csv"
    format: ExportFormat = ExportFormat()
    columns: tuple[Column, ...]
    changes: Literal["all"] = "all"
    when_empty: Literal["header", "skip"] = "header"
    # Puts a ' before values that a spreadsheet would run as a formula.
    neutralize_formulas: bool = False

    @model_validator(mode="after")
    def _columns(self) -> Self:
        if not self.columns:
            raise ValueError("expected at least one column")
        return self
