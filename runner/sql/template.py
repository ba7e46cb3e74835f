"""The settings that all SQL templates share."""

import re
from functools import cache
from types import CodeType
from typing import Any

import jinja2
import jinja2.sandbox

HEAD = re.compile(r"\A.*?\{\{ config\(.*?\) \}\}", re.DOTALL)
DO = "jinja2.ext.do"
Environment = jinja2.sandbox.SandboxedEnvironment


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
