"""What dbt gives to templates beside `ref` and `var`: the run, messages, errors, modules."""

import re
import uuid
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta, timezone
from types import SimpleNamespace
from typing import Any

from runner.compile.jinja_environment import TemplateFault

MODULES = SimpleNamespace(
    datetime=SimpleNamespace(
        date=date, datetime=datetime, time=time, timedelta=timedelta, timezone=timezone
    ),
    re=SimpleNamespace(
        **{
            name: getattr(re, name)
            for name in ("compile", "escape", "findall", "fullmatch", "match", "search", "split")
        },
        sub=re.sub,
        IGNORECASE=re.IGNORECASE,
    ),
)
"""The functions of Python's modules alone: what a module imports leads out of the sandbox."""


def dbt_functions(say: Callable[[str], None]) -> dict[str, Any]:
    """Return the names, for the templates of one run; `say` gets what templates log."""

    def log(message: object, info: bool = False) -> str:  # noqa: ARG001 - dbt's argument
        say(str(message))
        return ""

    def warn(message: object) -> str:
        say(f"warning: {message}")
        return ""

    return {
        "run_started_at": datetime.now(UTC),
        "invocation_id": str(uuid.uuid4()),
        "log": log,
        "exceptions": SimpleNamespace(raise_compiler_error=_raise, warn=warn),
        "modules": MODULES,
    }


def _raise(message: object) -> str:
    raise TemplateFault(str(message))
