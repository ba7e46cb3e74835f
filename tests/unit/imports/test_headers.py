"""The headers of files seen so far."""

from pathlib import Path

import pytest

from runner.imports.headers import keep_headers, read_headers


@pytest.mark.parametrize(
    "text", ["[1]", "{", '{"shop.people": 1}', '{"shop.people": {"a": 1}}', ""]
)
def test_damaged_file_knows_no_header_and_is_written_again(tmp_path: Path, text: str) -> None:
    (tmp_path / "headers.json").write_text(text, encoding="utf-8")
    assert read_headers(tmp_path) == {}
    keep_headers(tmp_path, "shop.people", {"people": ("id",)})
    assert read_headers(tmp_path) == {"shop.people": {"people": ("id",)}}
