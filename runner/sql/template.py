"""The settings that all SQL templates share."""

import re
from functools import cache
from types import CodeType
from typing import Any

import jinja2
import jinja2.sandbox

HEAD = re.compile(r"\A.*?\{\{ config\(.*?\) \}\}", re.DOTALL)
DO = "jinja2.ext.do"
_safe: dict[tuple[type, str], bool] = {}
"""Type of an object, and an attribute -> whether templates may read it."""


class Environment(jinja2.sandbox.SandboxedEnvironment):
    """A sandbox that asks once for each type whether an attribute is safe: models read many."""

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Tell whether a template may read an attribute of an object."""
        key = type(obj), attr
        if key not in _safe:
            _safe[key] = super().is_safe_attribute(obj, attr, value)
        return _safe[key]


def environment() -> Environment:
    """Return a new Jinja environment: names are strict, and tags leave no lines of their own.

    `{% do %}` is known, as in dbt.
    """
    return Environment(
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=[DO],
    )


@cache
def head_of(text: str) -> str | None:
    """Return a template as far as its `config(...)`; None where it has none."""
    found = HEAD.match(text)
    return found and found[0]


def macros_in(jinja: Environment, code: CodeType) -> dict[str, Any]:
    """Return the macros of a template that an environment compiled, by name."""
    return vars(jinja2.Template.from_code(jinja, code, jinja.make_globals(None)).module)
