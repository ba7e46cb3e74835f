"""A YAML file as plain data that remembers where each key and value was written.

Scalars stay text: the declaration that takes a value decides what it is, so `0123`, `no`
and `12:30` are never turned into something else on the way. A plain (unquoted) scalar is a
`Plain`, so that a key that takes any type can still read it as YAML 1.2 would.
"""

import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import yaml

from runner.errors import Fault, Location, UsageError

NULLS = ("", "~", "null")
INTEGER = re.compile(r"[-+]?[0-9]+")
MOST_REPEATED = 20_000
"""Values of one file that aliases repeat."""
NUMBER = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")


class Text(str):
    """A scalar that knows where it was written."""

    location: Location


class Plain(Text):
    """A scalar written without quotes."""

    def resolved(self) -> str | int | float | bool:
        """Return the value that YAML 1.2's core schema gives this text."""
        if self in ("true", "True", "TRUE", "false", "False", "FALSE"):
            return self.lower() == "true"
        if INTEGER.fullmatch(self):
            return WrittenInteger(self)
        if NUMBER.fullmatch(self):
            return WrittenNumber(self)
        return str(self)


class WrittenInteger(int):
    """A whole number that is shown as it was written: `0123` is a number, and a code."""

    def __new__(cls, text: str) -> "WrittenInteger":
        """Return the number that a text is."""
        made = super().__new__(cls, text)
        made.text = str(text)
        return made

    def __str__(self) -> str:
        return self.text

    text: str


class WrittenNumber(float):
    """A number that is shown as it was written, such as `1.50`."""

    def __new__(cls, text: str) -> "WrittenNumber":
        """Return the number that a text is."""
        made = super().__new__(cls, text)
        made.text = str(text)
        return made

    def __str__(self) -> str:
        return self.text

    text: str


class Section(dict[str, Any]):
    """A YAML mapping; `key_locations` and `value_locations` are those of its parts."""

    def __init__(self, location: Location) -> None:
        super().__init__()
        self.location = location
        self.key_locations: dict[str, Location] = {}
        self.value_locations: dict[str, Location] = {}


def merged_sections(first: Section | None, second: Section | None) -> Section | None:
    """Return a mapping with the keys of both and their locations; those of `second` win."""
    if first is None or second is None:
        return second if first is None else first
    merged = Section(second.location)
    for section in (first, second):
        merged.update(section)
        merged.key_locations |= section.key_locations
        merged.value_locations |= section.value_locations
    return merged


class Items(list[Any]):
    """A YAML sequence; `item_locations` are those of its items."""

    def __init__(self, location: Location) -> None:
        super().__init__()
        self.location = location
        self.item_locations: list[Location] = []


def location_in(data: Any, path: tuple[int | str, ...], of_key: bool = False) -> Location | None:
    """Return where `path` was written inside `data`, as deep as it can be followed.

    Steps that are not in the data (names of union branches) are passed over. With `of_key`
    the location of the last key is returned, not that of its value.
    """
    location: Location | None = getattr(data, "location", None)
    for step in path:
        if isinstance(data, Section) and step in data.value_locations:
            key = str(step)
            location = data.key_locations[key] if of_key else data.value_locations[key]
            data = data[key]
        elif isinstance(data, Items) and isinstance(step, int) and step < len(data):
            location, data = data.item_locations[step], data[step]
    return location


def read_document(path: Path, name: str, faults: list[Fault]) -> Section | None:
    """Read a YAML file whose top is a mapping; `name` is the file's name in messages.

    Returns None where the file is empty or cannot be read; the reason is added to `faults`.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
        root = yaml.compose(text, Loader=yaml.CSafeLoader)
    except UnicodeDecodeError as error:
        faults.append(Fault(Location(name), f"the file is not UTF-8 (byte {error.start})"))
        return None
    except yaml.MarkedYAMLError as error:
        faults.append(_syntax_fault(error, name))
        return None
    except yaml.YAMLError as error:
        faults.append(Fault(Location(name), f"the file is not YAML: {error}"))
        return None
    if root is None:
        return None
    if not isinstance(root, yaml.MappingNode):
        faults.append(Fault(Location(name), "found no mapping; expected `key: value` lines"))
        return None
    try:
        section = _Builder(name, faults).build(root)
    except _Refused as refused:
        faults.append(refused.fault)
        return None
    assert isinstance(section, Section)
    return section


def _syntax_fault(error: yaml.MarkedYAMLError, name: str) -> Fault:
    mark = error.problem_mark or error.context_mark
    location = Location(name, mark.line + 1, mark.column + 1) if mark else Location(name)
    context = f" {error.context}" if error.context else ""
    return Fault(location, f"this is not YAML: {error.problem}{context}")


class _Refused(Exception):
    """A document that cannot be built, and where."""

    def __init__(self, location: Location, message: str) -> None:
        super().__init__(message)
        self.fault = Fault(location, message)


CUT = (
    "a comma ends a value within braces, and this one is cut after '{value}'; write it in quotes,"
    ' as in "decimal(18,2)"'
)


def _cut_value(node: yaml.MappingNode) -> yaml.ScalarNode | None:
    """Return a value within braces that is cut at a comma: its parenthesis is not closed."""
    for (_, value), (key, rest) in pairwise(node.value if node.flow_style else ()):
        parts = (value, key, rest)
        if not all(isinstance(part, yaml.ScalarNode) and not part.style for part in parts):
            continue
        if (
            value.value.count("(") > value.value.count(")")
            and rest.value == ""
            and ")" in key.value
        ):
            found: yaml.ScalarNode = value
            return found
    return None


class _Builder:
    """Turns YAML nodes into sections, items and scalars.

    An alias repeats the nodes that it names: one that holds itself has no end, and aliases of
    aliases become any number of nodes.
    """

    def __init__(self, name: str, faults: list[Fault]) -> None:
        self.name = name
        self.faults = faults
        self.built: set[yaml.Node] = set()
        self.repeated = 0
        # Nodes around the one that is built.
        self.around: set[yaml.Node] = set()

    def build(self, node: yaml.Node) -> Any:
        self.repeated += node in self.built
        if self.repeated > MOST_REPEATED:
            message = f"aliases repeat more than {MOST_REPEATED:,} values"
            raise _Refused(self._location(node), message)
        if node in self.around:
            raise _Refused(self._location(node), "an alias in here stands for what it is part of")
        self.around.add(node)
        built = self._built(node)
        self.around.remove(node)
        self.built.add(node)
        return built

    def _built(self, node: yaml.Node) -> Any:
        if isinstance(node, yaml.MappingNode):
            return self._section(node)
        if isinstance(node, yaml.SequenceNode):
            items = Items(self._location(node))
            for item in node.value:
                items.append(self.build(item))
                items.item_locations.append(self._location(item))
            return items
        assert isinstance(node, yaml.ScalarNode)
        if not node.style and node.value in NULLS:
            return None
        text = Plain(node.value) if not node.style else Text(node.value)
        text.location = self._location(node)
        return text

    def _section(self, node: yaml.MappingNode) -> Section:
        section = Section(self._location(node))
        cut = _cut_value(node)
        if cut is not None:
            raise _Refused(self._location(cut), CUT.format(value=cut.value))
        for key, value in self._pairs(node):
            if not isinstance(key, yaml.ScalarNode):
                self.faults.append(Fault(self._location(key), "a key must be a plain word"))
                continue
            if key.value in section:
                first = section.key_locations[key.value].line
                message = f"`{key.value}` stands here twice; it is first on line {first}"
                self.faults.append(Fault(self._location(key), message))
                continue
            section[key.value] = self.build(value)
            section.key_locations[key.value] = self._location(key)
            section.value_locations[key.value] = self._location(value)
        return section

    def _pairs(self, node: yaml.MappingNode) -> Iterator[tuple[yaml.Node, yaml.Node]]:
        own = {key.value for key, _ in node.value if isinstance(key, yaml.ScalarNode)}
        for key, value in node.value:
            if isinstance(key, yaml.ScalarNode) and key.value == "<<" and not key.style:
                merged = value.value if isinstance(value, yaml.SequenceNode) else [value]
                for part in merged:
                    if isinstance(part, yaml.MappingNode):
                        yield from (pair for pair in part.value if pair[0].value not in own)
            else:
                yield key, value

    def _location(self, node: yaml.Node) -> Location:
        mark = node.start_mark
        return Location(self.name, mark.line + 1, mark.column + 1)


EXAMPLES = {
    "--args": "'{name: vip}'",
    "--vars": "'{vip_threshold: 500}'",
    "--format": "'{separator: \";\"}'",
}
"""Options of a command line that take YAML."""


def read_variables(text: str | None, option: str = "--vars") -> dict[str, Any]:
    """Return what an option of a command line says, `{name: value, ...}`; none without a text.

    Raises UsageError where the text is no mapping.
    """
    if not text:
        return {}
    faults: list[Fault] = []
    try:
        root = yaml.compose(text, Loader=yaml.CSafeLoader)
        if not isinstance(root, yaml.MappingNode):
            raise UsageError(f"{option} takes a mapping, such as {EXAMPLES[option]}")
        values = _Builder(option, faults).build(root)
    except (yaml.YAMLError, ValueError) as error:
        raise UsageError(f"{option} is not YAML: {str(error).splitlines()[0]}") from error
    except _Refused as refused:
        faults.append(refused.fault)
    if faults:
        raise UsageError(f"{option}: {faults[0].message}")
    return {name: resolved(value) for name, value in values.items()}


def resolved(value: Any) -> Any:
    """Return a value of any type, read as YAML 1.2 would."""
    if isinstance(value, Plain):
        return value.resolved()
    if isinstance(value, Section):
        return {key: resolved(item) for key, item in value.items()}
    if isinstance(value, Items):
        return [resolved(item) for item in value]
    return value
