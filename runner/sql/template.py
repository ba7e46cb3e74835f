"""The settings that all SQL templates share."""

from types import CodeType
from typing import Any

import jinja2
import jinja2.sandbox

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


def macros_in(jinja: Environment, code: CodeType) -> dict[str, Any]:
    """Return the macros of a template that an environment compiled, by name."""
    return vars(jinja2.Template.from_code(jinja, code, jinja.make_globals(None)).module)
