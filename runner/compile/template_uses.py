"""What a template uses: the macros that it calls, directly or through others, and variables."""

import hashlib
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any

import jinja2

from runner.definitions.sql_file import SqlFile
from runner.errors import Location

READERS = {"var": "variable", "env_var": "environment variable"}
"""Functions of templates that read a value from outside, and what they read."""


class TemplateUses:
    """Finds what templates of one project use."""

    def __init__(self, macros: Iterable[SqlFile], variables: Mapping[str, Any]) -> None:
        self.files = tuple(macros)
        self.variables = variables
        self.jinja = jinja2.Environment(trim_blocks=True, lstrip_blocks=True)

    def of(self, text: str) -> dict[str, str]:
        """Return all that a template uses: `macro x` or `variable y`, with a hash of it.

        The hash of an environment variable is empty: it may hold a secret.
        """
        found: dict[str, str] = {}
        waiting = [text]
        while waiting:
            tree = self.jinja.parse(waiting.pop())
            found |= self._read(tree)
            for name in tree.find_all(jinja2.nodes.Name):
                file = self._macros.get(name.name, (None, 0))[0]
                if file is not None and f"macro {name.name}" not in found:
                    found[f"macro {name.name}"] = _hash(file.text)
                    waiting.append(file.text)
        return found

    @cached_property
    def locations(self) -> dict[str, Location]:
        """Return where each macro is written."""
        return {name: Location(file.path, line) for name, (file, line) in self._macros.items()}

    @cached_property
    def _macros(self) -> dict[str, tuple[SqlFile, int]]:
        return {
            macro.name: (file, macro.lineno)
            for file in self.files
            for macro in self.jinja.parse(file.text).find_all(jinja2.nodes.Macro)
        }

    def _read(self, tree: jinja2.nodes.Template) -> dict[str, str]:
        found = {}
        for call in tree.find_all(jinja2.nodes.Call):
            kind = READERS.get(getattr(call.node, "name", ""))
            if kind and call.args and isinstance(call.args[0], jinja2.nodes.Const):
                name = str(call.args[0].value)
                value = str(self.variables.get(name)) if kind == "variable" else None
                found[f"{kind} {name}"] = "" if value is None else _hash(value)
        return found


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]
