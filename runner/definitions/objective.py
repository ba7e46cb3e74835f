"""A purpose for which people give or refuse consent (C1)."""

import re
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, WithJsonSchema

from runner.definitions.declaration import Declaration, OneOrMore, shorthand
from runner.definitions.file_source import NAME, Name

CONSENT = "consent."
"""What stands before an objective where a goal maps a column onto its consent."""
MAPPED = re.compile(rf"({re.escape(CONSENT)})?{NAME.pattern}")


class Objective(Declaration):
    """An item of `objectives` of the project."""

    name: Name
    # Whether silence means no (`opt_in`) or yes (`opt_out`).
    consent: Literal["opt_in", "opt_out"] = "opt_in"
    title: str = ""
    description: str = ""

    @classmethod
    def expand(cls, value: Any) -> Any:
        """Return what was written without its shorthand."""
        return shorthand(value, name=value) if isinstance(value, str) else value


def _stated(value: Any) -> Any:
    if value is None:
        raise ValueError("found nothing; expected names of objectives, or `[]` for none")
    return value


ObjectiveNames = Annotated[OneOrMore[str], BeforeValidator(_stated)]
"""The names of objectives; for none an empty list is written, so that nobody forgets them."""


def _mapped(value: str) -> str:
    if not MAPPED.fullmatch(value):
        raise ValueError(
            f"found '{value}'; expected a name of letters, digits and _, or `consent.` and the"
            " name of an objective"
        )
    return value


MappedName = Annotated[
    str, AfterValidator(_mapped), WithJsonSchema({"type": "string", "pattern": MAPPED.pattern})
]
"""What a value is mapped onto: a property, or the consent for an objective."""


def objective_of(mapped: str) -> str | None:
    """Return the objective whose consent is mapped; None where a property is."""
    return mapped.removeprefix(CONSENT) if mapped.startswith(CONSENT) else None
