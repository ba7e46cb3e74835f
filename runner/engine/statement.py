"""Statements of runner itself: macros of `.sql` files that are called by name with plain values.

`ledger.files` is the macro `files` of `queries/ledger.sql`; `append`, without a dot, is the macro
of `materializations/append.sql`. Those that both engines have are in `engines/both/`; they may call
the macros of templates, such as `each_item`. What a macro writes as `{{ value }}` becomes a SQL
literal, unless it is SQL already (`Sql`) or a name (`{{ value | name }}`): nothing else quotes.
Values are not bound as parameters: views, ATTACH and comments take none, nor do several statements.
"""

import sys
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from markupsafe import Markup

from runner.sql import read_sql, template
from runner.sql.quoting import Sql, literal, quoted_name, quoted_text
from runner.sql.template import Environment, environment, macros_in
from runner.sql.template_cache import made_of

FOLDER = "engines/{}/"
"""Where the statements of an engine are, below `runner/sql/`."""
SHARED, FIRST = "both", "duckdb"
"""The folder of statements that engines have in common, and the engine whose others they take."""
MACROS = ("macros/", FOLDER + "macros/")
"""Where the macros are that make SQL the same on each engine."""
MAKERS = (sys.modules[__name__], template)
"""Modules that decide what the code of a statement is."""


def statement(engine: str, name: str, /, **values: Any) -> Sql:
    """Return a statement of runner as the SQL of an engine, its values quoted.

    Raises KeyError, TypeError or UndefinedError where there is no such statement, or it takes
    other values: a defect of runner.
    """
    file, _, macro = name.rpartition(".")
    path = f"queries/{file}.sql" if file else f"materializations/{macro}.sql"
    return Sql(str(macros(engine, path)[macro](**values)).strip())


@cache
def macros(engine: str, path: str) -> dict[str, Any]:
    """Return the macros of a file of an engine, compiled when the first of them is called.

    Those that an engine does not have itself are the ones of both, and of DuckDB.
    """
    found: dict[str, Any] = {}
    for owner in dict.fromkeys((SHARED, FIRST, engine)):
        found |= _macros_in(engine, FOLDER.format(owner) + path)
    return found


def _macros_in(engine: str, path: str) -> dict[str, Any]:
    jinja, text = _environment(engine), read_sql().get(path)
    if text is None:
        return {}
    return macros_in(jinja, made_of("statements", text, lambda: jinja.compile(text), MAKERS))


def _sql_macros(engine: str) -> dict[str, Callable[..., Sql]]:
    """Return the macros of templates as functions that give SQL; each is compiled when called."""
    jinja = environment()
    jinja.filters |= {"text": quoted_text, "name": quoted_name}
    jinja.globals |= {"text": quoted_text, "name": quoted_name}
    folders = tuple(folder.format(engine) for folder in MACROS)
    paths = {Path(path).stem: path for path in read_sql() if path.startswith(folders)}
    found = {name: _macro_of(jinja, path) for name, path in paths.items()}
    jinja.globals |= found
    return {name: _giving_sql(macro) for name, macro in found.items()}


def _macro_of(jinja: Environment, path: str) -> Callable[..., str]:
    text = read_sql()[path]

    @cache
    def macro() -> Callable[..., str]:
        code = made_of("macros", text, lambda: jinja.compile(text), MAKERS)
        found: Callable[..., str] = macros_in(jinja, code)[Path(path).stem]
        return found

    return lambda *given, **named: macro()(*given, **named)


def _giving_sql(macro: Callable[..., str]) -> Callable[..., Sql]:
    # A text of `Markup` would escape those that are put beside it.
    return lambda *given: Sql(macro(*map(_unmarked, given)).strip())


def _unmarked(given: Any) -> Any:
    return str(given) if isinstance(given, str) else given


@cache
def _environment(engine: str) -> Environment:
    jinja = environment()
    # A macro returns `Markup`, and not a text: what it returns is not quoted again.
    jinja.autoescape = True
    jinja.finalize = _finished
    jinja.filters |= {"sql": Sql, "name": quoted_name, "names": _names}
    jinja.filters |= {"items": _items, "rows": _rows}
    jinja.globals |= _sql_macros(engine)
    return jinja


def _finished(value: Any) -> Markup:
    return value if isinstance(value, Markup) else Markup(literal(value))  # noqa: S704 - SQL, quoted


def _names(values: Iterable[str]) -> Sql:
    """Return names with commas between them."""
    return Sql(", ".join(map(quoted_name, values)))


def _items(values: Iterable[Any]) -> Sql:
    """Return what stands behind `in`; of no values a list that has none."""
    return Sql(f"({', '.join(map(literal, values)) or 'null'})")


def _rows(values: Iterable[Sequence[Any]]) -> Sql:
    """Return what stands behind `values`."""
    return Sql(",\n".join(f"({', '.join(map(literal, row))})" for row in values))
