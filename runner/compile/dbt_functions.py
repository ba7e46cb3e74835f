"""What dbt gives to templates beside `ref` and `var`: the run, messages, errors, modules."""

import hashlib
import json
import re
import uuid
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, time, timedelta, timezone
from types import SimpleNamespace
from typing import Any

from runner.compile.jinja_environment import ASKING, Returned, TemplateFault

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


NO_WAREHOUSE = (
    "templates are compiled without the warehouse. Read the table in the SQL itself: in a"
    " subquery, with `pivot`, or with `columns()`"
)
"""Why functions of dbt that ask the warehouse are refused, and what to do instead."""


class Adapter:
    """dbt's `adapter`: it finds the macro for an engine, and asks the warehouse nothing."""

    def __init__(self, macros: Mapping[str, Any], engine: str) -> None:
        self._macros = macros
        self._engine = engine

    def dispatch(self, macro_name: str, macro_namespace: str | None = None) -> Any:  # noqa: ARG002
        """Return `<engine>__<name>` or `default__<name>`. Raises TemplateFault without them."""
        for prefix in (self._engine, "default"):
            if found := self._macros.get(f"{prefix}__{macro_name}"):
                return found
        raise TemplateFault(
            f"there is no macro `{self._engine}__{macro_name}`, nor `default__{macro_name}`"
        )

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        raise TemplateFault(f"`adapter.{name}` of dbt has no meaning here: {NO_WAREHOUSE}")


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
        "print": log,
        "execute": True,
        "return": _return,
        "tojson": lambda value, default=None: _converted(json.dumps, value, default),
        "fromjson": lambda text, default=None: _converted(json.loads, text, default),
        "set": lambda values, default=None: _converted(set, values, default),
        "zip": lambda *lists: list(zip(*lists, strict=False)),
        "local_md5": lambda text: hashlib.md5(text.encode(), usedforsecurity=False).hexdigest(),
        **{name: _refused(name) for name in ASKING},
    }


def _return(value: object = None) -> str:
    raise Returned(value)


def _converted(convert: Callable[[Any], Any], value: Any, default: Any) -> Any:
    try:
        return convert(value)
    except (TypeError, ValueError):
        return default


def _refused(name: str) -> Callable[..., str]:
    def refuse(*_: object, **__: object) -> str:
        raise TemplateFault(f"`{name}` of dbt has no meaning here: {NO_WAREHOUSE}")

    return refuse


def _raise(message: object) -> str:
    raise TemplateFault(str(message))
