"""The first lines that are set aside (R2)."""

from pathlib import Path

from tests.unit.sql.rendering import template_rows


def test_line_is_shown_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "rejects.csv"
    path.write_text(
        "line,column_number,column_name,reason,raw,byte_offset\n"
        '7,2,b,extra_field,"1,""2"",3",40\n9,,,unclosed_quote,x,90\n',
        encoding="utf-8",
    )
    found = template_rows("inspect", "rejected_lines", path=str(path), rows=5)
    assert found == [(7, "b", "extra_field", '1,"2",3'), (9, None, "unclosed_quote", "x")]
    assert len(template_rows("inspect", "rejected_lines", path=str(path), rows=1)) == 1
