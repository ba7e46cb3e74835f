"""The base of all that a user writes in YAML: strict, frozen, and it knows its location."""

import re
from ast import literal_eval
from collections.abc import Mapping, Sequence
from typing import Annotated, Any, ClassVar, Literal, Self, TypeVar

from pydantic import (
    AliasChoices,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    ModelWrapValidatorHandler,
    PrivateAttr,
    ValidationError,
    ValidationInfo,
    model_validator,
)
from pydantic_core import ErrorDetails

from runner.definitions.document import Items, Section, location_in, merged_sections, resolved
from runner.errors import Fault, Location, choices, nearest
from runner.secret_values import is_secret, without_passwords

LITERAL = re.compile(r"""'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*\"""")
"""A value as pydantic quotes it in the list of those that it expects."""


class Declaration(BaseModel):
    """A part of the YAML. Unknown keys are faults; `location()` says where a key stands."""

    # A kind of declaration is built when a file first holds one: most commands read few kinds.
    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True, defer_build=True)

    # Keys that users are likely to try here -> why there is no such key.
    refused: ClassVar[Mapping[str, str]] = {}

    _data: Section | None = PrivateAttr(default=None)

    @classmethod
    def expand(cls, value: Any) -> Any:
        """Return the full form of a shorthand such as `first_name: customers.first_name`."""
        return value

    @model_validator(mode="wrap")
    @classmethod
    def _read(
        cls, value: Any, handler: ModelWrapValidatorHandler[Self], info: ValidationInfo
    ) -> Self:
        value = cls.expand(value)
        known = value
        if isinstance(value, Section):
            known = _without_unknown(cls, value, info)
        elif not isinstance(value, Mapping | cls):
            raise ValueError(f"found {_shown(value)}; expected `key: value` lines")
        made = handler(known)
        if isinstance(value, Section):
            made._data = value
        return made

    @property
    def written(self) -> Section | None:
        """Return what was written; None of a declaration that is built in."""
        return self._data

    def location(self, *path: str | int, of_key: bool = False) -> Location:
        """Return where the value (or key) at `path` was written."""
        return location_in(self._data, path, of_key) or Location("(built in)")

    def with_changes(self, **changes: Any) -> Self:
        """Return a copy with other values for some fields; it keeps its location."""
        copy = self.model_copy(update=changes)
        copy._data = self._data
        return copy

    def with_locations(self, other: Self) -> Self:
        """Return a copy that knows the locations of the keys of `other` beside its own."""
        copy = self.model_copy()
        copy._data = merged_sections(self._data, other._data)
        return copy


def shorthand(written: Any, **values: Any) -> Section:
    """Return a section made from a shorthand value, standing where that value stands."""
    section = Section(getattr(written, "location", Location("(built in)")))
    section.update(values)
    section.key_locations = section.value_locations = dict.fromkeys(values, section.location)
    return section


def _keys(cls: type[Declaration]) -> dict[str, str]:
    """Return the keys a user may write, with the field each one names."""
    keys: dict[str, str] = {}
    for name, field in cls.model_fields.items():
        if name in cls.refused:
            continue
        alias = field.validation_alias
        names = alias.choices if isinstance(alias, AliasChoices) else [alias or name]
        keys |= {str(key): name for key in names}
    return keys


def _without_unknown(cls: type[Declaration], value: Section, info: ValidationInfo) -> Section:
    keys = _keys(cls)
    unknown = [key for key in value if key not in keys]
    if not unknown or info.context is None:
        return value
    kept = Section(value.location)
    kept.key_locations, kept.value_locations = value.key_locations, value.value_locations
    for key in value:
        if key not in unknown:
            kept[key] = value[key]
            continue
        allowed = [name for name in keys if name not in value]
        guess = nearest(key, allowed)
        location = value.key_locations.get(key, value.location)
        message = f"unknown key `{key}`.{guess} Allowed here: {choices(keys)}"
        message = cls.refused.get(key, message)
        info.context["faults"].append(Fault(location, message))
        # What the section as a whole lacks may be what the unknown key is about.
        info.context["guesses"].add((id(value), ""))
        info.context["guesses"].update(
            (id(value), name) for name in allowed if f"'{name}'" in guess
        )
    return kept


def _as_list(value: Any) -> Any:
    if isinstance(value, str):
        items = Items(Location("(built in)"))
        items.append(value)
        return items
    return [] if value is None else value


OnError = Literal["continue", "stop"]
"""What a build does after a goal that failed."""

Scalar = Annotated[Any, BeforeValidator(resolved)]
"""A value of any type, read as YAML 1.2 would."""

Item = TypeVar("Item")
OneOrMore = Annotated[tuple[Item, ...], BeforeValidator(_as_list)]
"""A list, or its only item."""

Read = TypeVar("Read", bound=Declaration)


def read_declaration(cls: type[Read], data: Section, faults: list[Fault]) -> Read | None:
    """Return the declaration that `data` holds; add what is wrong with it to `faults`."""
    context: dict[str, Any] = {"faults": faults, "guesses": set()}
    try:
        return cls.model_validate(data, context=context)
    except ValidationError as error:
        for detail in error.errors():
            if not _is_answered(detail, data, context["guesses"]):
                faults.append(_fault(detail, data))
        return None


def _is_answered(detail: ErrorDetails, data: Section, guesses: set[tuple[int, str]]) -> bool:
    """Tell whether a misspelt key, which was reported, explains a fault."""
    *above, last = detail["loc"] or ("",)
    if detail["type"] == "missing":
        return (id(_part(data, above)), last) in guesses
    if detail["type"] == "value_error":  # Of a whole section: what it lacks is misspelt.
        return id(_part(data, detail["loc"])) in {owner for owner, _ in guesses}
    return False


def _part(data: Any, path: Sequence[int | str]) -> Any:
    for step in path:
        if isinstance(data, Section | Items) and (
            step in data or (isinstance(step, int) and step < len(data))
        ):
            data = data[step]  # type: ignore[index]
    return data


def _fault(detail: ErrorDetails, data: Section) -> Fault:
    path = detail["loc"]
    location = location_in(data, path) or data.location
    name = str(path[-1]) if path else ""
    found, context = detail.get("input"), detail.get("ctx", {})
    shown = "something else" if any(map(is_secret, path)) else _shown(found)
    kind = detail["type"]
    if kind == "missing":
        return Fault(location, f"`{name}` is missing here")
    if kind in ("literal_error", "union_tag_invalid", "enum"):
        expected = str(context.get("expected", context.get("expected_tags", "")))
        if kind == "union_tag_invalid":
            location = location_in(data, (*path, "kind")) or location
            found = context.get("tag", found)
        allowed = [str(literal_eval(word)) for word in LITERAL.findall(expected)]
        guess = nearest(str(found), allowed)
        listed = choices(word if word[:1].isalpha() else f"`{word}`" for word in allowed)
        return Fault(location, f"found {_shown(found)}.{guess} Allowed here: {listed}")
    if kind == "union_tag_not_found":
        meant = [key for key in found or () if nearest(str(key), ["kind"])]
        return Fault(
            location, "`kind` is missing here" + "".join(f": is it `{key}`?" for key in meant)
        )
    if kind == "value_error":
        message = str(context["error"]).replace(_shown(found), shown)
        return Fault(location, without_passwords(message))
    if kind == "too_short":
        return Fault(
            location, f"`{name}` is empty; expected at least {context['min_length']} entry"
        )
    return Fault(location, f"found {shown} for `{name}`; expected {_expected(kind, detail)}")


EXPECTED = {
    "bool": "true or false",
    "int": "a whole number",
    "float": "a number",
    "string": "text",
    "tuple": "a list",
    "list": "a list",
    "dict": "`key: value` lines",
    "mapping": "`key: value` lines",
}


def _expected(kind: str, detail: ErrorDetails) -> str:
    message = detail["msg"].removeprefix("Input should be ")
    return EXPECTED.get(kind.split("_")[0], message[:1].lower() + message[1:])


def _shown(value: Any) -> str:
    if isinstance(value, Mapping):
        return "`key: value` lines"
    if isinstance(value, list | tuple):
        return "a list"
    return "nothing" if value is None else f"'{without_passwords(str(value))}'"
