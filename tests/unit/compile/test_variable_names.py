"""A variable that is given a value is read somewhere."""

from pathlib import Path

import pytest

from runner.compile.variable_names import check_variables
from runner.errors import DefinitionError, UsageError
from tests.unit.definitions.small_project import project

VIP = "models/segments/vip.sql"
READING = "{{ ref('profiles') }} where spent > {{ var('limit', 1) }} or {{ var(\"other\", 2) }}"
UNIT_TEST = """\
unit_tests:
  - name: few
    model: vip
    overrides: {vars: {limt: 2}}
    expect: {rows: []}
"""


@pytest.mark.parametrize("name", ["junk", "limit", "other"])
def test_variable_that_is_declared_or_read_is_known(tmp_path: Path, name: str) -> None:
    check_variables(project(tmp_path, VIP, "{{ ref('profiles') }}", READING), {name: 1})


@pytest.mark.parametrize(
    ("name", "words"),
    [("jnuk", "Did you mean 'junk'? Declared: junk, limit, other"), ("no", "Declared: junk")],
)
def test_misspelt_variable_is_an_error_with_the_nearest(tmp_path: Path, name, words) -> None:
    read = project(tmp_path, VIP, "{{ ref('profiles') }}", READING)
    with pytest.raises(UsageError) as raised:
        check_variables(read, {name: 1})
    assert words in raised.value.message
    assert str(raised.value.location) == "runner_project.yml:4:1"


def test_misspelt_variable_of_a_unit_test_is_a_fault_at_its_place(tmp_path: Path) -> None:
    (tmp_path / "models/segments").mkdir(parents=True)
    (tmp_path / "models/segments/vip.yml").write_text(UNIT_TEST, encoding="utf-8")
    read = project(tmp_path, VIP, "{{ ref('profiles') }}", READING)
    with pytest.raises(DefinitionError) as raised:
        check_variables(read, {})
    assert str(raised.value.faults[0]).startswith(
        "models/segments/vip.yml:4:24: there is no variable 'limt'. Did you mean 'limit'?"
    )
