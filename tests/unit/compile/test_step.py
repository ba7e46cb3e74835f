"""What a template of an import declares of its step, and the mistakes in it."""

from dataclasses import replace

import pytest

from runner.compile.library import Library
from runner.compile.step import Declaration
from runner.definitions.sql_file import SqlFile
from runner.errors import DefinitionError
from runner.sql.quoting import Sql
from tests.unit.sql.expression import empty_workspace

PATH = "import/ledger/new_rows.sql"
HEAD = "{{ config(materialized='append', into='runner.rows', when=is_needed) }}\n"
BUILT_IN = {PATH: "{#- Grain: one row per row. -#}\n" + HEAD + "select 1"}


def library(own: str | None = None) -> Library:
    models = () if own is None else (SqlFile(f"models/{PATH}", own),)
    return Library(BUILT_IN, replace(empty_workspace().project, models=models), {}, {}.get)


def test_a_template_declares_its_step_where_the_goal_needs_it() -> None:
    declared = library().declared(PATH, {"is_needed": True})
    assert declared == Declaration("append", Sql("runner.rows"))
    assert library().declared(PATH, {"is_needed": []}) is None


def test_a_file_that_replaces_a_template_need_not_repeat_what_it_declares() -> None:
    assert library("select 2").declared(PATH, {"is_needed": True}) == Declaration(
        "append", Sql("runner.rows")
    )
    own = "{{ config(materialized='temporary') }}\nselect 2"
    assert library(own).declared(PATH, {"is_needed": False}) == Declaration("temporary")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ("materialised='view'", "unknown argument 'materialised'. Did you mean 'materialized'?"),
        ("materialized='temprary'", "found 'temprary'. Did you mean 'temporary'?"),
        ("materialized='view', when=needed", "'needed' is undefined"),
    ],
)
def test_mistakes_are_at_the_line_of_the_file(arguments: str, message: str) -> None:
    own = "{#- Grain: one row. -#}\n\n{{ config(" + arguments + ") }}\nselect 2"
    with pytest.raises(DefinitionError) as raised:
        library(own).declared(PATH, {})
    (fault,) = raised.value.faults
    assert message in fault.message
    assert (fault.location.file, fault.location.line) == (f"models/{PATH}", 3)
