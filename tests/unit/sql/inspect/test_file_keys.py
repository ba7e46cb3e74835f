"""The columns that links compare, of each line of one file."""

from pathlib import Path
from types import SimpleNamespace

from runner.compile.input_file import InputFile
from runner.definitions.format import Format
from tests.unit.sql.rendering import template_rows

SOURCE = SimpleNamespace(name="people", format=Format())


def keys_of(path: Path, is_clean: bool) -> list[tuple[object, ...]]:
    file = InputFile(1, path.name, str(path), is_clean, ("id", "name"), 1, 2)
    return template_rows("inspect", "file_keys", file=file, source=SOURCE, columns=["id"])


def test_line_has_a_number_where_the_file_has_it(tmp_path: Path) -> None:
    path = tmp_path / "file.csv"
    path.write_text("id,name\n 1 ,x\n,y\n", encoding="utf-8")
    assert keys_of(path, is_clean=False) == [(None, "1"), (None, None)]
    path.write_text("7,1,x\n9,2,y\n", encoding="utf-8")
    assert keys_of(path, is_clean=True) == [(7, "1"), (9, "2")]
