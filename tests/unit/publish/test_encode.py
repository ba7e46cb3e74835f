"""A file gets its final bytes: recoded across blocks, compressed, counted and hashed."""

import gzip
import hashlib
from pathlib import Path

import pytest

from runner.errors import ExecutionError
from runner.publish import encode
from runner.publish.encode import Encoding, UnencodableCharacter, encode_file

TEXT = "naïve € 😀\n" * 1000


@pytest.fixture
def source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    # Blocks that end inside a character.
    monkeypatch.setattr(encode, "BLOCK", 7)
    path = tmp_path / "vip.csv.utf8"
    path.write_text(TEXT, encoding="utf-8", newline="")
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be"])
def test_text_is_recoded_block_by_block(source: Path, tmp_path: Path, encoding: str) -> None:
    made = encode_file(source, tmp_path / "vip.csv", Encoding(encoding))
    data = made.path.read_bytes()
    assert data == TEXT.encode(encoding)
    assert (made.size, made.sha256) == (len(data), hashlib.sha256(data).hexdigest())


def test_compressed_text_is_what_gzip_reads(source: Path, tmp_path: Path) -> None:
    made = encode_file(source, tmp_path / "vip.csv.gz", Encoding("utf-16", compression="gzip"))
    assert gzip.decompress(made.path.read_bytes()) == TEXT.encode("utf-16")
    assert made.size == made.path.stat().st_size < len(TEXT)


def test_a_character_that_is_lacking_leaves_no_file(source: Path, tmp_path: Path) -> None:
    with pytest.raises(UnencodableCharacter) as raised:
        encode_file(source, tmp_path / "vip.csv", Encoding("cp1252"))
    assert raised.value.character == "😀"
    assert list(tmp_path.iterdir()) == [source]


def test_a_disk_that_refuses_is_told(source: Path, tmp_path: Path) -> None:
    with pytest.raises(ExecutionError, match="No such file or directory"):
        encode_file(source, tmp_path / "missing/vip.csv", Encoding())
