"""The lock of a warehouse, whatever stands in its file (B4)."""

import fcntl
import json
import os
import socket

import pytest

from runner.errors import LockedError
from runner.warehouse.lock import locked, running_build


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


def test_running_build_is_one_whose_process_lives(tmp_path):
    warehouse, lock = tmp_path / "warehouse.duckdb", tmp_path / "warehouse.duckdb.lock"
    assert running_build(warehouse) == ""
    with locked(warehouse, "runner build --wait"):
        assert running_build(warehouse).startswith(f"`runner build --wait` (process {os.getpid()} ")
    assert running_build(warehouse) == ""
    killed = {"pid": 2**22 + 1, "host": socket.gethostname(), "command": "x", "since": "noon"}
    lock.write_text(json.dumps(killed), "utf-8")
    assert running_build(warehouse) == ""
    lock.write_text(json.dumps(killed | {"host": "elsewhere"}), "utf-8")
    assert running_build(warehouse) == f"`x` (process {2**22 + 1} on elsewhere) since noon"
