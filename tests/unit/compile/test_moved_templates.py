"""A file of the project that replaced a built-in template is told where the template went."""

import pytest

from runner.compile.moved_templates import moved_faults, moved_templates
from runner.definitions.sql_file import SqlFile
from runner.sql import read_sql


@pytest.mark.parametrize(("old", "new"), list(moved_templates()))
def test_moved_template_is_at_its_new_path_alone(old: str, new: str) -> None:
    assert new in read_sql()
    assert old not in read_sql()


def test_file_at_an_old_path_is_a_fault_that_names_the_new_one() -> None:
    files = {
        path: SqlFile(f"models/{path}", "select 1")
        for path in ("import/people.sql", "marts/people.sql", "import/identity/links.sql")
    }
    (fault,) = moved_faults(files)
    assert fault.location.file == "models/import/people.sql"
    assert "Move this file to models/import/identity/clusters.sql" in fault.message
