"""The lock of a warehouse, whatever stands in its file (B4)."""

import fcntl

import pytest

from runner.errors import LockedError
from runner.warehouse.lock import locked


@pytest.mark.parametrize("text", ["", "[]", "no JSON", '{"pid": 1}', '"text"'])
def test_lock_in_another_form_is_taken_over_without_a_word(tmp_path, text):
    (tmp_path / "warehouse.duckdb.lock").write_text(text, "utf-8")
    with locked(tmp_path / "warehouse.duckdb", "runner build") as dead:
        assert dead == ""


def test_lock_of_a_dead_holder_tells_who_and_where(tmp_path):
    (tmp_path / "warehouse.duckdb.lock").write_text(
        '{"pid": 7, "host": "elsewhere", "command": "runner build", "since": "noon"}', "utf-8"
    )
    with locked(tmp_path / "warehouse.duckdb", "runner build") as dead:
        assert dead == "`runner build` (process 7 on elsewhere) since noon"


def test_lock_that_another_program_holds_is_respected(tmp_path):
    """As `flock` of a backup does."""
    with (tmp_path / "warehouse.duckdb.lock").open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        taken = locked(tmp_path / "warehouse.duckdb", "runner build")
        with pytest.raises(LockedError, match="another build"), taken:
            pass
    with locked(tmp_path / "warehouse.duckdb", "runner build"):
        pass
