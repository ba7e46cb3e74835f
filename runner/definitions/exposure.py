"""What uses the models outside the project: dashboards, notebooks, applications."""

import re
from collections.abc import Mapping
from typing import Annotated, Any, ClassVar, Literal

from pydantic import AfterValidator

from runner.definitions.declaration import Declaration, OneOrMore

USED = re.compile(r"(ref|source)\s*\([^(){}]*\)")
NAME = re.compile(r"\w+")


def _name(value: str) -> str:
    if not NAME.fullmatch(value):
        raise ValueError(f"found '{value}'; expected letters, digits and _; `label` is for readers")
    return value


def used(value: str) -> str:
    """Return a text that names a model or a source; raises ValueError for another one."""
    if not USED.fullmatch(value.strip()):
        raise ValueError(f"found '{value}'; expected ref('model') or source('a', 'goal', 'files')")
    return value.strip()


class Owner(Declaration):
    """Whom to ask about an exposure."""

    name: str = ""
    email: str = ""


class Exposure(Declaration):
    """Something outside the project that uses its models, in dbt's form."""

    refused: ClassVar[Mapping[str, Any]] = {
        "meta": "`meta` of dbt has no meaning here: write it into `description`, or as `tags`",
        "config": "`config` of an exposure has no meaning here: `tags` stand beside `name`",
        "enabled": "an exposure that is not used is left out",
    }

    name: Annotated[str, AfterValidator(_name)]
    label: str = ""
    type: Literal["dashboard", "notebook", "analysis", "ml", "application"]
    maturity: Literal["high", "medium", "low"] | None = None
    url: str = ""
    description: str = ""
    # What it uses: `ref('model')`, `source('connection', 'goal', 'files')`.
    depends_on: OneOrMore[Annotated[str, AfterValidator(used)]] = ()
    owner: Owner
    tags: OneOrMore[str] = ()
