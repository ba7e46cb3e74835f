"""The format of files that come in, and where it is inherited from."""

from pathlib import Path

import pytest

from runner.definitions.import_goal import ImportGoal
from runner.definitions.project import Project
from runner.errors import DefinitionError
from tests.unit.definitions.small_project import FILES, project

SHOP = "connections/shop.yml"
WORDS = "format: {true_values: [ja], false_values: [nee], separator: ';'}\n"


def words_of(found: Project, source: str = "people") -> tuple[tuple[str, ...], str, str]:
    goal = found.connections[0].goals[0]
    assert isinstance(goal, ImportGoal)
    form = goal.format_of(source)
    return form.true_values, form.separator, form.decimal


def test_format_of_the_project_is_that_of_every_import(tmp_path: Path) -> None:
    found = project(tmp_path, "runner_project.yml", "vars:", f"{WORDS}vars:")
    assert words_of(found) == (("ja",), ";", ",")


def test_connection_goal_and_source_replace_what_they_state(tmp_path: Path) -> None:
    old = 'format: {decimal: ","'
    people = 'people: {path: "people_*.csv"'
    text = FILES[SHOP].replace("goals:\n", f"{WORDS}goals:\n", 1)
    text = text.replace(old, f"{old}, separator: '|'")
    text = text.replace(people, people.replace("path", "format: {true_values: sim}, path"))
    found = project(tmp_path, SHOP, FILES[SHOP], text)
    assert words_of(found, "homes") == (("ja",), "|", ",")
    assert words_of(found) == (("sim",), "|", ",")


def test_fault_of_an_inherited_format_is_at_the_line_that_states_it(tmp_path: Path) -> None:
    words = WORDS.replace("[ja]", "[ja, ' NEE ']")
    with pytest.raises(DefinitionError) as raised:
        project(tmp_path, "runner_project.yml", "vars:", f"{words}vars:")
    (fault, *_) = raised.value.faults
    assert str(fault.location).startswith("runner_project.yml:4")
    assert fault.message == "'nee' is one of `true_values` and of `false_values`"
