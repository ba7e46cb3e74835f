"""What a template uses: the macros that it calls, directly or through others, and variables."""

import hashlib
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from typing import Any

import jinja2
from jinja2 import nodes

from runner.compile.jinja_environment import BUILT_IN, MACRO
from runner.definitions.sql_file import SqlFile
from runner.errors import Location
from runner.sql.template import DO
from runner.sql.template_cache import made_of

MAKERS = (sys.modules[__name__],)
"""Modules that decide what is found in a text."""
READERS = {"var": "variable", "env_var": "environment variable"}
"""Functions of templates that read a value from outside, and what they read."""
DISPATCH = "dispatch"
"""Function of dbt's `adapter` that finds the macro for an engine: `<engine>__<name>`."""


@dataclass(frozen=True)
class Parsed:
    """What the text of a template says, whatever project it is in."""

    # All names that it reads, each once; those of macros are among them.
    names: tuple[str, ...]
    # `variable` or `environment variable`, and its name, in the order of the text.
    values: tuple[tuple[str, str], ...]
    # The macros that it defines, each with its line.
    macros: tuple[tuple[str, int], ...]
    # `package.macro`, as a pair.
    members: tuple[tuple[str, str], ...] = ()
    # What `adapter.dispatch` finds a macro of an engine for.
    dispatched: tuple[str, ...] = ()


@cache
def _parser() -> jinja2.Environment:
    return jinja2.Environment(trim_blocks=True, lstrip_blocks=True, extensions=[DO])


@lru_cache(maxsize=4096)
def parsed(text: str) -> Parsed:
    """Parse a template; a text is parsed once, however many workspaces ask for it.

    Raises jinja2.TemplateSyntaxError.
    """
    return Parsed(*made_of("uses", text, lambda: _parse(text), MAKERS))


def _parse(text: str) -> tuple[Any, ...]:
    tree = _parser().parse(text)
    return (
        tuple(dict.fromkeys(name.name for name in tree.find_all(nodes.Name))),
        tuple(_values(tree)),
        tuple((macro.name, macro.lineno) for macro in tree.find_all(nodes.Macro)),
        tuple(
            dict.fromkeys(
                (item.node.name, item.attr)
                for item in tree.find_all(nodes.Getattr)
                if isinstance(item.node, nodes.Name)
            )
        ),
        tuple(_dispatched(tree)),
    )


def _values(tree: nodes.Template) -> Iterator[tuple[str, str]]:
    for called, name in _calls(tree):
        if kind := READERS.get(getattr(called, "name", "")):
            yield kind, name


def _dispatched(tree: nodes.Template) -> Iterator[str]:
    for called, name in _calls(tree):
        if getattr(called, "attr", "") == DISPATCH:
            yield name


def _calls(tree: nodes.Template) -> Iterator[tuple[nodes.Node, str]]:
    """Return what is called with a name, and the name."""
    for call in tree.find_all(nodes.Call):
        given = [*call.args, *(named.value for named in call.kwargs)]
        if given and isinstance(given[0], nodes.Const):
            yield call.node, str(given[0].value)


class TemplateUses:
    """Finds what templates of one project use; the last of macros of one name counts."""

    def __init__(self, macros: Iterable[SqlFile], variables: Mapping[str, Any]) -> None:
        self.files = tuple(macros)
        self.variables = variables
        self.packages = {file.package for file in self.files if file.package}

    def of(self, text: str) -> dict[str, str]:
        """Return all that a template uses: `macro x` or `variable y`, with a hash of it.

        The hash of an environment variable is empty: it may hold a secret.
        """
        found: dict[str, str] = {}
        waiting = [text]
        while waiting:
            template = parsed(waiting.pop())
            for kind, name in template.values:
                value = str(self.variables.get(name)) if kind == "variable" else None
                found[f"{kind} {name}"] = "" if value is None else _hash(value)
            named = [name for package, name in template.members if package in self.packages]
            for name in (*template.names, *named, *self._of_engines(template.dispatched)):
                file = self.macro_file(name)
                if file is not None and f"macro {name}" not in found:
                    found[f"macro {name}"] = _hash(file.text)
                    waiting.append(file.text)
        return found

    def _of_engines(self, names: Iterable[str]) -> list[str]:
        """Return the macros of any engine: a definition is the same on all of them."""
        return [macro for name in names for macro in self._macros if macro.endswith(f"__{name}")]

    def macro_file(self, name: str) -> SqlFile | None:
        """Return the file that defines a macro; None where there is no such macro."""
        return self._macros.get(name, (None, 0))[0]

    def location(self, name: str) -> Location | None:
        """Return where a macro is written; None where there is no such macro."""
        file, line = self._macros.get(name, (None, 0))
        return Location(file.path, line) if file else None

    @property
    def names_of_project(self) -> list[str]:
        """Return the macros that are not built in."""
        return [
            name for name, (file, _) in self._macros.items() if not file.path.startswith(BUILT_IN)
        ]

    @cached_property
    def _macros(self) -> dict[str, tuple[SqlFile, int]]:
        return {name: (file, line) for file in self.files for name, line in _macros(file)}


def _macros(file: SqlFile) -> Iterable[tuple[str, int]]:
    """Return the macros of a file, each with its line; built-in ones are found without parsing."""
    if not file.path.startswith(BUILT_IN):
        return parsed(file.text).macros
    return [(m[1], file.text.count("\n", 0, m.start()) + 1) for m in MACRO.finditer(file.text)]


@lru_cache(maxsize=4096)
def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]
