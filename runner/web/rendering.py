"""Pages are made from templates; every value in them is escaped."""

from datetime import UTC, datetime
from functools import cache
from importlib.resources import files
from typing import Any

from jinja2 import DictLoader, Environment, StrictUndefined
from markupsafe import Markup

from runner.errors import counted
from runner.reconciliation import in_order
from runner.report.cell import cell_text
from runner.report.printable import printable
from runner.report.quantities import size
from runner.secret_values import SECRETS


@cache
def environment() -> Environment:
    """Return the templates of the pages."""
    folder = files("runner.web") / "templates"
    texts = {item.name: item.read_text(encoding="utf-8") for item in folder.iterdir()}
    made = Environment(
        loader=DictLoader(texts),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_shown,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {"number": _number, "time": _time, "size": size, "words": _words}
    made.filters |= {"lines": _lines, "in_order": in_order, "value": _value, "counted": counted}
    return made


def render(template: str, **values: Any) -> str:
    """Return a page."""
    return environment().get_template(template).render(**values)


def _shown(value: Any) -> Any:
    """Hide secrets; write out what is not seen, such as marks that turn the reading direction."""
    return value if isinstance(value, Markup) else printable(SECRETS.hide(cell_text(value)))


def _value(value: Any) -> str:
    """Return a value of a profile; those of a list with commas between them."""
    is_list = isinstance(value, list | tuple)
    return ", ".join(map(cell_text, value)) if is_list else cell_text(value)


def _lines(value: str | None) -> Markup:
    """Return a text of several lines, such as a message, with its lines below each other."""
    return Markup("<br>").join(_shown(line) for line in (value or "").splitlines())


def _number(value: float) -> str:
    return f"{value:,}"


def _time(value: datetime | None) -> str:
    return f"{value.astimezone(UTC):%Y-%m-%d %H:%M:%S}" if value else ""


def _words(value: str) -> str:
    return value.replace("_", " ")
