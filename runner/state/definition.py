"""What a goal, an export or a model is made of, and what changed in it since it last ran (F5)."""

import hashlib
import json
from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar, Literal, Self

from runner.compile.library import Library
from runner.errors import Location

Path = tuple[str | int, ...]
"""Which part of a definition: `("map", "city")`; numbers count from 0."""


class RenderedText(str):
    """Text that a template made."""

    # The template, as it is written.
    template: str


def rendered(library: Library, template: str, location: Location, used: dict[str, str]) -> str:
    """Render a text that may be a template, and add what it uses to `used`.

    Raises DefinitionError where it cannot be rendered.
    """
    if "{" not in template:
        return template.strip()
    used.update(library.uses(template))
    text = RenderedText(library.environment.render(template, location, {}).text.strip())
    text.template = template
    return text


@dataclass(frozen=True)
class PartHash:
    """Hashes of a part of a definition, 16 hexadecimal digits each."""

    # Of its value, as templates render it.
    value: str
    # Of what is written, templates included.
    written: str


@dataclass(frozen=True)
class StoredDefinition:
    """What was stored of a definition when its node last ran."""

    hashes: Mapping[Path, PartHash]
    # What its templates used, and a hash of each.
    used: Mapping[str, str]

    @classmethod
    def read(cls, text: str) -> Self:
        """Read what `Definition.stored` wrote; of a text that is no such thing, no part."""
        try:
            stored = json.loads(text)
            parts = stored["parts"].items()
            return cls({tuple(json.loads(k)): PartHash(*pair) for k, pair in parts}, stored["used"])
        except (ValueError, LookupError, TypeError, AttributeError):
            return cls({}, {})


@dataclass(frozen=True)
class Definition(ABC):
    """All in a goal, an export or a model that changes its result.

    A subclass names the parts of its kind, and finds where they are written.
    """

    # Parts under these keys change only because another part came or went: that one is listed.
    following: ClassVar[tuple[str, ...]] = ()

    # 32 hexadecimal digits.
    fingerprint: str
    # Each part that states something: text, number, list of values.
    parts: Mapping[Path, Any]
    # What templates use, and a hash of it: `macro normalize_email`, `variable threshold`.
    used: Mapping[str, str]

    def stored(self) -> str:
        """Return the hashes of all parts as JSON, to compare a later definition with."""
        parts = {json.dumps(path): [own.value, own.written] for path, own in self.hashes.items()}
        return json.dumps({"parts": parts, "used": dict(self.used)}, sort_keys=True)

    @cached_property
    def hashes(self) -> dict[Path, PartHash]:
        """Return the hashes of each part."""
        return {
            path: PartHash(hashed(value)[:16], hashed(_as_written(value))[:16])
            for path, value in self.parts.items()
        }

    def named_part(self, path: Path) -> Path:
        """Return the part that a message names where the part at `path` changed."""
        return path

    def holders(self, part: Path) -> list[Path]:
        """Return the larger parts that hold a part, the largest first."""
        return [part[:length] for length in range(2, len(part))]

    def follows(self, part: Path, others: set[Path]) -> bool:
        """Tell whether a part changed only because `others` came or went."""
        return part[0] in self.following and part in others

    @abstractmethod
    def name(self, part: Path) -> str:
        """Return what a part is called in the project's files."""

    @abstractmethod
    def location(self, part: Path) -> Location | str:
        """Return where a part is written, or what holds it."""

    def line(self, part: Path, change: Literal["new", "gone"]) -> str:
        """Return the line of a message for a part that came or went."""
        return f"{self.name(part)} is {change} ({self.location(part)})"


def hashed(value: Any) -> str:
    """Return a hash of a part of a definition, or of all of it: 32 hexadecimal digits."""
    text = json.dumps(value, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def leaves(value: Any, path: Path = ()) -> Iterator[tuple[Path, Any]]:
    """Give each part that states something, with its path."""
    if isinstance(value, dict):
        for key, item in value.items():
            yield from leaves(item, (*path, key))
    elif isinstance(value, list) and value and all(isinstance(item, dict) for item in value):
        for number, item in enumerate(value):
            yield from leaves(item, (*path, number))
    elif value is not None and value not in ("", (), []):
        yield path, value


def _as_written(value: Any) -> Any:
    if isinstance(value, list):
        return [_as_written(item) for item in value]
    return value.template if isinstance(value, RenderedText) else value


def _templates(value: Any) -> list[str]:
    """Return the templates that made a part."""
    items = value if isinstance(value, list) else [value]
    return [item.template for item in items if isinstance(item, RenderedText)]


def definition_changes(
    before: StoredDefinition, now: Definition, library: Library
) -> tuple[str, ...]:
    """Return what differs between a stored definition and that of now, a line for each.

    First what changed, then what is new, then what is gone. Each line says where that is written,
    and names a macro or a variable rather than the parts that it makes.
    """
    return tuple(dict.fromkeys(_Comparison(before, now, library).lines()))


class _Comparison:
    """Compares a definition with what was stored of an earlier one."""

    def __init__(self, before: StoredDefinition, now: Definition, library: Library) -> None:
        self.before = before
        self.now = now
        self.library = library
        self.earlier_parts = dict.fromkeys(map(now.named_part, before.hashes))
        self.parts = dict.fromkeys(map(now.named_part, now.hashes))
        self.others = self.parts.keys() ^ self.earlier_parts.keys()

    def lines(self) -> Iterator[str]:
        lines = list(self._lines(is_following=False))
        # Where nothing else changed, what follows other changes is all there is to report.
        yield from lines or self._lines(is_following=True)

    def _lines(self, *, is_following: bool) -> Iterator[str]:
        def is_wanted(part: Path) -> bool:
            return self.now.follows(part, self.others) == is_following

        for part, paths in self._changed().items():
            if is_wanted(part):
                yield from self._changed_lines(part, paths)
        for part in filter(is_wanted, self.parts):
            if part in self.others:
                yield self.now.line(self._whole(part, self.earlier_parts), "new")
        for part in filter(is_wanted, self.earlier_parts):
            if part in self.others:
                yield self.now.line(self._whole(part, self.parts), "gone")

    def _changed(self) -> dict[Path, list[Path]]:
        """Return the parts of both definitions that differ, each with the paths that do."""
        changed: dict[Path, list[Path]] = {}
        for path in {**self.now.hashes, **self.before.hashes}:
            own, known = self.now.hashes.get(path), self.before.hashes.get(path)
            part = self.now.named_part(path)
            if part not in self.others and (own and own.value) != (known and known.value):
                changed.setdefault(part, []).append(path)
        return changed

    def _changed_lines(self, part: Path, paths: list[Path]) -> Iterator[str]:
        name, location = self.now.name(part), self.now.location(part)
        templates = [text for path in paths for text in _templates(self.now.parts.get(path))]
        if not templates or not all(map(self._is_written_alike, paths)):
            yield f"{name} changed ({location})"
            return
        uses = self._changed_uses(templates)
        for use in uses:
            macro = self.library.macro_location(use.removeprefix("macro "))
            yield f"{use} changed ({macro or location})"
        if not uses:
            yield f"what makes {name} changed ({location})"

    def _is_written_alike(self, path: Path) -> bool:
        own, known = self.now.hashes.get(path), self.before.hashes.get(path)
        return own is not None and known is not None and own.written == known.written

    def _changed_uses(self, templates: list[str]) -> list[str]:
        """Return the macros and variables that make templates give another text than before."""
        uses: dict[str, str] = {}
        for text in templates:
            uses |= self.library.uses(text)
        others = [name for name in uses if self.before.used.get(name) != uses[name]]
        # The value of an environment variable is not stored, not even as a hash.
        return others or [name for name in uses if name.startswith("environment")]

    def _whole(self, part: Path, others: Mapping[Path, None]) -> Path:
        """Return the largest part that has `part` in it and that `others` have nothing of."""
        for held in self.now.holders(part):
            if not any(other[: len(held)] == held for other in others):
                return held
        return part
