"""What profiles can belong to: households, accounts, companies (`models/groups/*.yml`)."""

from typing import Annotated

from pydantic import AfterValidator

from runner.definitions.declaration import Declaration
from runner.definitions.file_source import Name
from runner.definitions.profile_property import Property

GROUP_RESERVED = ("profile_id", "group_id", "members", "created_at", "updated_at")
"""Columns that runner itself gives to the tables of groups."""


def _not_reserved(value: str) -> str:
    if value.lower() in GROUP_RESERVED:
        raise ValueError(f"`{value}` is made by runner itself; choose another name")
    return value


class GroupType(Declaration):
    """One file of `models/groups/`: the type is called as the file is (G1)."""

    title: str = ""
    description: str = ""
    properties: dict[Annotated[Name, AfterValidator(_not_reserved)], Property] = {}

    @property
    def identifier(self) -> str:
        """Return the first identifier: the values of a property with `group:` are its values."""
        return next(name for name, declared in self.properties.items() if declared.identifier)


def group_table(group_type: str) -> str:
    """Return the name of the table of a group type."""
    return f"groups_{group_type}"
