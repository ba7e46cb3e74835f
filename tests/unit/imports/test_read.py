"""Lines are read by the engine, proved by count, or read again by the record reader (R1, R2)."""

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from runner.definitions.format import Format
from runner.engine.duckdb.warehouse import DuckDBWarehouse
from runner.errors import ExecutionError, Location
from runner.imports.goal_files import GoalFiles
from runner.imports.read import LineModels, SourceReading, read_lines
from runner.model import Model
from runner.stage.prepare import prepare
from tests.unit.stage.readings import blob_of, remote_file

PEOPLE = b"id,name\n1,An\n2,Bo\n"


class Goal:
    name = "people"

    def format_of(self, source):
        return Format()

    def location(self, *keys, of_key=False):
        return Location("connections/shop.yml", 3, 1)


def model(name, sql, materialization="temporary"):
    location = Location("people.sql", 1, 1)
    return Model(name, sql, f'"{name}"', materialization, "people.sql", (location,))


@pytest.fixture
def files(tmp_path):
    file = remote_file("people.csv", len(PEOPLE))
    return GoalFiles(Goal(), {"people": ((file, blob_of(PEOPLE, tmp_path)),)})


def read(files, direct, clean, headers=None):
    tried = []

    def compiled():
        is_clean = files.of("people")[0].is_clean
        tried.append("clean" if is_clean else "direct")
        lines = model("lines", clean if is_clean else direct)
        return SourceReading({"people": LineModels(lines, None if is_clean else headers)})

    with TemporaryDirectory() as folder, DuckDBWarehouse.open(Path(folder) / "w.db") as warehouse:
        read_lines(warehouse, files, compiled)
    return tried


def test_proved_lines_are_read_once(files):
    assert read(files, "select * from range(2)", "") == ["direct"]


@pytest.mark.parametrize("direct", ["select * from range(1)", "select error('no')"])
def test_lines_that_are_not_proved_are_read_again_from_the_clean_form(files, direct):
    assert read(files, direct, "select * from range(2)") == ["direct", "clean"]


def test_what_may_be_a_repeated_header_is_read_again_from_the_clean_form(files):
    headers = model("headers", "select true", "read")
    two = "select * from range(2)"
    assert read(files, two, two, headers) == ["direct", "clean"]


def test_lines_that_the_clean_form_does_not_prove_either_are_an_error(files):
    with pytest.raises(ExecutionError, match="not all lines of `people` could be read"):
        read(files, "select 1", "select 1")


def test_error_of_the_engine_in_the_clean_form_is_raised(files):
    with pytest.raises(ExecutionError, match="the reason"):
        read(files, "select 1", "select error('the reason')")


def test_files_that_are_left_are_not_prepared_again(tmp_path, monkeypatch):
    prepared = []

    def counted(blob, file, form, by_records):
        prepared.append(file.path)
        return prepare(blob, file, form, by_records=by_records)

    monkeypatch.setattr("runner.imports.goal_files.prepare", counted)
    contents = {"a.csv": PEOPLE, "b.csv": b'"', "c.csv": PEOPLE + b"3,Cy\n"}
    fetched = tuple(
        (remote_file(name, len(data)), blob_of(data, tmp_path)) for name, data in contents.items()
    )
    files = GoalFiles(Goal(), {"people": fetched})
    left = files.unreadable("people")
    files.leave("people", left)
    assert list(left) == ["b.csv"]
    assert [file.remote_path for file in files.of("people")] == ["a.csv", "c.csv"]
    assert prepared == ["a.csv", "b.csv", "c.csv"]
