"""The declared attributes of a profile (`models/properties.yml`)."""

import re
from typing import Annotated, Any, Literal, get_args

from pydantic import AfterValidator, BeforeValidator, Field, WithJsonSchema

from runner.definitions.declaration import Declaration, OneOrMore, shorthand
from runner.definitions.file_source import Name
from runner.errors import choices, nearest

TYPES = ("text", "integer", "decimal", "boolean", "date", "datetime")
ALIASES = {
    "string": "text",
    "varchar": "text",
    "int": "integer",
    "bigint": "integer",
    "number": "decimal",
    "numeric": "decimal",
    "currency": "decimal",
    "bool": "boolean",
    "timestamp": "datetime",
}
SCALED = re.compile(r"decimal\(\s*([0-9]+)\s*,\s*([0-9]+)\s*\)")
MergeRule = Literal["latest", "oldest", "highest", "lowest", "sum", "both", "keep"]
MERGE_RULES: tuple[MergeRule, ...] = get_args(MergeRule)
"""What becomes of the values of a property where several profiles become one (P2)."""

LEVEL_TYPE = "permission_level"
"""Type of the built-in property of that name: a text of three."""
PERMISSION = "permission_level"
LEVELS = ("do_not_track", "anonymous", "personal")
"""What a permission level can be, the strictest first."""
ORDER_TYPE = "time or number"
"""Type of what rows are ordered by (`latest_by`): times come after one another, as numbers do."""
RESERVED = ("profile_id", "created_at", "updated_at")


def _type(value: Any) -> Any:
    word = str(value).strip().lower()
    word = ALIASES.get(word, word)
    scaled = SCALED.fullmatch(word)
    if scaled and int(scaled[2]) <= int(scaled[1]) <= 38:
        return f"decimal({scaled[1]},{scaled[2]})"
    if word not in TYPES:
        guess = nearest(word, (*TYPES, *ALIASES))
        raise ValueError(f"found '{value}'.{guess} Allowed here: {choices(TYPES)}, decimal(18,2)")
    return word


def _not_reserved(value: str) -> str:
    if value.lower() in RESERVED:
        raise ValueError(f"`{value}` is made by runner itself; choose another name")
    return value


PropertyType = Annotated[
    str, BeforeValidator(_type), WithJsonSchema({"type": "string", "examples": list(TYPES)})
]


class Property(Declaration):
    """An attribute of a profile, with a type; a typed column of `profiles`."""

    type: PropertyType = "text"
    title: str = ""
    description: str = ""
    # The property takes several values: a list.
    multi: bool = False
    # Rows may find their profile by it, whether or not a goal does so today.
    identifier: bool = False
    # Of a profile: its values name groups of this type (G1).
    group: Name | None = None
    # Personal data: masked in messages.
    pii: bool = False
    # Of a profile: the permission level that a person must have for it to be kept; `personal`
    # with `pii`, else `anonymous`.
    permission_level: Literal["anonymous", "personal"] | None = None
    # Values that identify no customer, such as `unknown` or `0` (P2).
    ignore: OneOrMore[str] = ()
    # Values that a spreadsheet damaged, such as `#N/A` and `1.2E+12`, identify customers too.
    allow_damaged: bool = False
    # Shorter values identify no customer (P2).
    min_length: Annotated[int, Field(ge=0)] = 0
    # A value that more customers than this share identifies none of them (P2).
    max_matches: Annotated[int, Field(ge=1)] | None = None
    # Of an identifier: a profile never holds more of its values (P9).
    limit: Annotated[int, Field(ge=1)] | None = None
    # What becomes of it where profiles are merged; by its type and strategies where absent.
    merge: MergeRule | None = None
    # Goals, as `connection.goal`, that write it by intention: no warning names them.
    shared_by: OneOrMore[str] = ()

    @classmethod
    def expand(cls, value: Any) -> Any:
        """Return what was written without its shorthand."""
        if isinstance(value, str):
            return shorthand(value, type=value)
        return shorthand("text") if value is None else value

    @property
    def needed_level(self) -> str:
        """Return the permission level that a person must have for its value to be kept."""
        return self.permission_level or ("personal" if self.pii else "anonymous")

    @property
    def is_number(self) -> bool:
        """Tell whether values of this property can be summed."""
        return self.type == "integer" or self.type.startswith("decimal")

    @property
    def is_summable(self) -> bool:
        """Tell whether the strategy `sum` fits this property."""
        return self.is_number and not self.multi

    @property
    def is_ordered(self) -> bool:
        """Tell whether the strategies `max` and `min` fit this property."""
        return not self.multi and (self.is_number or self.type in ("date", "datetime"))

    @property
    def merge_rules(self) -> tuple[MergeRule, ...]:
        """Return the rules of `merge` that fit this property."""
        if self.multi:
            return ("latest", "oldest", "both", "keep")
        if self.type == "text":
            return ("latest", "oldest", "keep")
        summed: tuple[MergeRule, ...] = ("sum",) if self.is_summable else ()
        return ("latest", "oldest", "highest", "lowest", *summed, "keep")


PropertyName = Annotated[Name, AfterValidator(_not_reserved)]

BUILT_IN = {
    PERMISSION: Property(
        description="do_not_track, anonymous or personal; personal where nothing was imported"
    ).with_changes(type=LEVEL_TYPE),
    "viewed_interactions": Property(multi=True, description="Interactions the person has seen"),
}
"""Properties that every project has."""


class PropertiesFile(Declaration):
    """The file `models/properties.yml`."""

    properties: dict[PropertyName, Property] = {}
