"""The columns of a source that links compare."""

from pathlib import Path

from runner.compile.input_file import InputFile
from runner.definitions.format import Format
from tests.unit.sql.rendering import template_rows


def test_columns_are_found_in_any_case_and_absent_ones_are_none(tmp_path: Path) -> None:
    files = []
    for number, header in enumerate((("ID", "b"), ("b", "x")), 1):
        path = tmp_path / f"file_{number}.csv"
        path.write_text(f"{','.join(header)}\n 1 ,2\n", encoding="utf-8")
        file = InputFile(number, path.name, str(path), False, header, 1, 1)
        files.append({**vars(file), "spelling": {name.lower(): name for name in header}})
    found = template_rows(
        "inspect", "link_keys", source="rows", files=files, columns=["id", "B"], format=Format()
    )
    assert found == [("1", "2"), (None, "1")]
