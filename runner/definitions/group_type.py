"""What a profile can belong to: a household, a company, an account (`models/groups/*.yml`)."""

from typing import Annotated

from pydantic import AfterValidator

from runner.definitions.declaration import Declaration
from runner.definitions.file_source import Name
from runner.definitions.profile_property import Property

GROUP_COLUMNS = ("group_id", "members", "created_at", "updated_at")
"""Columns that every table of groups has beside those of its properties."""


def _not_own(value: str) -> str:
    if value.lower() in GROUP_COLUMNS:
        raise ValueError(f"`{value}` is made by runner itself; choose another name")
    return value


GroupPropertyName = Annotated[Name, AfterValidator(_not_own)]


class GroupType(Declaration):
    """A kind of group; the file's name is the type's."""

    title: str = ""
    description: str = ""
    properties: dict[GroupPropertyName, Property] = {}

    @property
    def identifier(self) -> str | None:
        """Return the property by which profiles name their group: the first identifier."""
        return next((name for name, item in self.properties.items() if item.identifier), None)


def group_table(group_type: str) -> str:
    """Return the name of the table of a type's groups."""
    return f"groups_{group_type}"
