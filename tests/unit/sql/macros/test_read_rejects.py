"""The file of lines that are set aside."""

from pathlib import Path

from tests.unit.sql.expression import rows_of


def test_columns_are_texts(tmp_path: Path) -> None:
    path = tmp_path / "rejects.csv"
    path.write_text(
        'line,column_number,column_name,reason,raw,byte_offset\n7,2,name,too_many,"a,""b",12\n'
    )
    found = rows_of("select * from {{ read_rejects(path) }}", path=path)
    assert found == [("7", "2", "name", "too_many", 'a,"b', "12")]
