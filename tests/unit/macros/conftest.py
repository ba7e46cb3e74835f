"""Renders a macro of the starter project and runs it, one value at a time."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import duckdb
import jinja2
import pytest
from duckdb.func import SPECIAL

from runner.engine.duckdb.telephone_number import telephone_number

MACROS = Path(__file__).parents[3] / "macros"
Apply = Callable[..., Any]


@pytest.fixture(scope="session")
def apply_macro() -> Iterator[Apply]:
    """Yield `apply_macro('normalize_email', ' A@b.nl ')`, which returns the SQL result."""
    templates = jinja2.Environment(undefined=jinja2.StrictUndefined)
    with duckdb.connect() as connection:
        types = ["varchar", "varchar"]
        connection.create_function(
            "telephone_number", telephone_number, types, "varchar", null_handling=SPECIAL
        )

        def apply(name: str, value: str | None, **arguments: Any) -> Any:
            source = (MACROS / f"{name}.sql").read_text(encoding="utf-8")
            macro = getattr(templates.from_string(source).module, name)
            expression = macro("customers.raw", **arguments)
            query = f"select {expression} from (select cast(? as varchar) as raw) as customers"
            row = connection.execute(query, [value]).fetchone()
            assert row is not None
            return row[0]

        yield apply
