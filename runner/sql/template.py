"""The settings that all SQL templates share."""

import jinja2
import jinja2.sandbox

Environment = jinja2.sandbox.SandboxedEnvironment


def environment() -> Environment:
    """Return a new Jinja environment: names are strict, and tags leave no lines of their own."""
    return Environment(undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True)
