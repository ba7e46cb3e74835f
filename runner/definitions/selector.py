"""Selectors with a name: `selectors.yml`, in dbt's form."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from runner.definitions.declaration import Declaration
from runner.definitions.document import Items, Section, resolved
from runner.errors import Fault, Location, choices, nearest

SELECTORS_FILE = "selectors.yml"
METHODS = (
    *("fqn", "tag", "connection", "goal", "segment", "path", "resource_type"),
    *("state", "result", "selector", "exposure"),
)
"""Methods of selection; `config.<key>` is one as well."""
CONFIG = "config."
REFUSED = {
    "source_status": "a goal without new files costs nothing: select it with all below it, as"
    " `goal:orders+`",
    "source": "the goals of connections are the sources: `goal:` or `connection:`",
    "package": "`path:packages/NAME` are the models of a package",
    "test_type": "`resource_type:test`, or `resource_type:unit_test`",
    "test_name": "name the test, with `*` for parts of it",
    "file": "`path:` takes a file",
    "unit_test": "`resource_type:unit_test`, or the name of the test",
    "group": "`tag:` or `path:`",
    "access": "`tag:` or `path:`",
    "metric": "there are no metrics",
    "semantic_model": "there are no semantic models",
    "saved_query": "there are no saved queries",
    "version": "models have no versions",
}
"""Methods of dbt that have no meaning here -> what to do instead."""
STEPS = ("parents", "children", "childrens_parents", "parents_depth", "children_depth")
"""What may stand beside `method` and `value`."""


@dataclass(frozen=True)
class Selection:
    """What a definition selects: its parts together, or what all have, without some."""

    kind: Literal["union", "intersection", "text"]
    # Of a text: a selector of the command line, such as `+tag:nightly`.
    text: str = ""
    parts: tuple["Selection", ...] = ()
    excluded: tuple["Selection", ...] = ()

    @property
    def texts(self) -> tuple[str, ...]:
        """Return all selectors of the command line in it."""
        own = (self.text,) if self.text else ()
        return (*own, *(text for part in (*self.parts, *self.excluded) for text in part.texts))


class NamedSelector(Declaration):
    """A selector that `--selector` names."""

    name: str
    description: str = ""
    # Whether commands without a selection use it.
    default: bool = False
    definition: Any


class SelectorsFile(Declaration):
    """The file `selectors.yml`."""

    selectors: tuple[NamedSelector, ...] = ()


def unknown_method(method: str) -> str:
    """Return the message for a method of selection that there is not; empty for one there is."""
    if method in METHODS or (method.startswith(CONFIG) and method != CONFIG):
        return ""
    if method in REFUSED:
        return f"the method `{method}` of dbt has no meaning here: {REFUSED[method]}"
    known = (*METHODS, "config.materialized")
    return f"unknown selection method '{method}'.{nearest(method, known)} Allowed: {choices(known)}"


def selections(file: SelectorsFile, faults: list[Fault]) -> dict[str, Selection]:
    """Return the selectors of a file by name; mistakes in them are added to `faults`."""
    reader = _Reader(faults)
    found: dict[str, Selection] = {}
    for item in file.selectors:
        if item.name in found:
            where = item.location("name")
            faults.append(Fault(where, f"the selector `{item.name}` is declared twice"))
        found[item.name] = reader.read(item.definition, item.location("definition"))
    reader.check_names(file, found)
    return found


class _Reader:
    """Reads definitions, and gathers their mistakes."""

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = faults
        # Selector that a definition names -> where.
        self.named: dict[str, Location] = {}

    def read(self, written: Any, where: Location) -> Selection:
        """Read a definition: a text, `method` with `value`, `union` or `intersection`."""
        if isinstance(written, str):
            return self._text(written, where)
        if not isinstance(written, Section) or not written:
            return self._fault(where, "expected a text, `method` with `value`, `union` or others")
        for kind in ("union", "intersection"):
            if kind in written:
                return self._set(kind, written, where)
        if "method" in written or "value" in written:
            return self._method(written)
        (key, value), *others = written.items()
        if others or isinstance(value, list | Mapping):
            return self._fault(where, f"found {choices(written)}; expected `method: value`")
        return self._text(f"{key}:{value}", written.key_locations.get(key, where))

    def _set(self, kind: Any, written: Section, where: Location) -> Selection:
        items = written[kind]
        if len(written) > 1 or not isinstance(items, Items):
            return self._fault(where, f"expected a list below `{kind}`, and nothing beside it")
        parts: list[Selection] = []
        excluded: list[Selection] = []
        for item, location in zip(items, items.item_locations, strict=True):
            if isinstance(item, Section) and [*item] == ["exclude"]:
                excluded += self._excluded(item)
            else:
                parts.append(self.read(item, location))
        return Selection(kind, parts=tuple(parts), excluded=tuple(excluded))

    def _excluded(self, written: Section) -> Iterable[Selection]:
        items, where = written["exclude"], written.value_locations["exclude"]
        if not isinstance(items, Items):
            return [self._fault(where, "expected a list below `exclude`")]
        return [
            self.read(item, location)
            for item, location in zip(items, items.item_locations, strict=True)
        ]

    def _method(self, written: Section) -> Selection:
        unknown = [key for key in written if key not in ("method", "value", "exclude", *STEPS)]
        for key in unknown:
            message = (
                f"unknown key `{key}`.{nearest(key, STEPS)} Allowed: {choices(STEPS)}, exclude"
            )
            if key == "indirect_selection":
                message = "`indirect_selection` is always `cautious`: leave it out"
            self.faults.append(Fault(written.key_locations[key], message))
        if "method" not in written or "value" not in written:
            return self._fault(written.location, "expected both `method` and `value`")
        stated = {key: resolved(written.get(key)) for key in STEPS}
        above = f"{stated['parents_depth'] or ''}+" if stated["parents"] else ""
        below = f"+{stated['children_depth'] or ''}" if stated["children"] else ""
        at = "@" if stated["childrens_parents"] else ""
        method, value = str(written["method"]), str(written["value"])
        where = written.value_locations["method"]
        text = self._text(f"{method}:{value}", where, f"{at}{above}", below)
        excluded = tuple(self._excluded(written)) if "exclude" in written else ()
        return Selection("union", parts=(text,), excluded=excluded) if excluded else text

    def _text(self, text: str, where: Location, above: str = "", below: str = "") -> Selection:
        pattern = text.lstrip("@+0123456789") or text
        method, colon, value = pattern.partition(":")
        if colon and (message := unknown_method(method)):
            return self._fault(where, message)
        if method == "selector":
            self.named[value.rstrip("+0123456789")] = where
        return Selection("text", f"{above}{text}{below}")

    def _fault(self, where: Location, message: str) -> Selection:
        self.faults.append(Fault(where, message))
        return Selection("union")

    def check_names(self, file: SelectorsFile, known: Mapping[str, Selection]) -> None:
        """Find selectors that are not there, circles, and a second default."""
        for name, where in self.named.items():
            if name not in known:
                message = f"there is no selector '{name}'.{nearest(name, known)}"
                self.faults.append(Fault(where, f"{message} Declared: {choices(known)}"))
            elif name in _named_below(name, known):
                self.faults.append(Fault(where, f"the selector '{name}' refers to itself"))
        for item in [item for item in file.selectors if item.default][1:]:
            message = "another selector is the `default` already"
            self.faults.append(Fault(item.location("default"), message))


def _named_below(name: str, known: Mapping[str, Selection]) -> set[str]:
    """Return the selectors that one names, directly or through others."""
    found: set[str] = set()
    waiting = [name]
    while waiting:
        selection = known.get(waiting.pop(), Selection("union"))
        for text in selection.texts:
            method, _, value = text.lstrip("@+0123456789").partition(":")
            value = value.rstrip("+0123456789")
            if method == "selector" and value not in found:
                found.add(value)
                waiting.append(value)
    return found
