"""Lines left blank in staged files: every other byte stays (C2)."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from runner.definitions.format import Format
from runner.remote import RemoteFile
from runner.stage.blob import Blob, blob_at
from runner.stage.dialect import dialect_of
from runner.stage.line_count import LineCounter
from runner.stage.line_erasure import erase_lines, erase_matching_lines
from runner.stage.prepare import prepare
from tests.unit.stage.readings import NOON, blob_of


def staged(folder: Path, content: bytes) -> Blob:
    path = folder / "ab" / ("ab" + "0" * 62)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return Blob(path.name, len(content), path)


def erased(folder: Path, content: bytes, lines: set[int], **stated: str) -> bytes:
    blob = staged(folder, content)
    dialect = dialect_of(Format(**stated))
    erase_lines(blob, blob.path, dialect, 2, lines)
    return blob.path.read_bytes()


@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r"])
def test_line_ends_stay(tmp_path: Path, end: bytes) -> None:
    content = end.join([b"a,b", b"1,2", b"3,4", b""])
    assert erased(tmp_path, content, {2}) == end.join([b"a,b", b"", b"3,4", b""])


def test_last_line_without_an_end(tmp_path: Path) -> None:
    assert erased(tmp_path, b"a,b\n1,2", {2}) == b"a,b\n"


def test_record_goes_to_its_last_line(tmp_path: Path) -> None:
    content = b'a,b\n1,"x\ny\n"\n3,4\n'
    assert erased(tmp_path, content, {2}) == b"a,b\n\n\n\n3,4\n"


def test_quote_that_is_never_closed_takes_one_line(tmp_path: Path) -> None:
    content = b'a,b\n1,"x\n' + b"3,4\n" * 3000
    assert erased(tmp_path, content, {2}) == b"a,b\n\n" + b"3,4\n" * 3000


def test_marks_and_bad_bytes_stay(tmp_path: Path) -> None:
    content = b"\xef\xbb\xbfa,b\n\xff,\x00\n1,2\n"
    assert erased(tmp_path, content, {3}) == b"\xef\xbb\xbfa,b\n\xff,\x00\n\n"
    wide = "\ufeffa,b\n1,2\né,4\n".encode("utf-16-le")
    assert erased(tmp_path, wide, {2}, encoding="utf-16").decode("utf-16") == "a,b\n\né,4\n"


def test_blob_keeps_its_name_and_size_and_loses_what_was_made_of_it(tmp_path: Path) -> None:
    blob = staged(tmp_path, b"a,b\n1,2\n")
    for name in ("plain", "lines.json", "0123.csv", "0123.rejects.csv"):
        blob.beside(name).write_text("1,2")
    assert not blob.is_erased
    erase_lines(blob, blob.path, dialect_of(Format()), 2, {2})
    kept = blob_at(tmp_path, blob.sha256)
    assert kept == blob
    assert kept.is_erased
    assert {path.name for path in blob.path.parent.iterdir()} == {
        blob.sha256,
        f"{blob.sha256}.erased.json",
    }
    # Once more: the size is still that of what came.
    erase_lines(kept, kept.path, dialect_of(Format()), 2, {1})
    assert blob_at(tmp_path, blob.sha256) == blob


def test_r7_erased_file_is_read_with_care_so_that_blank_lines_are_no_records(
    tmp_path: Path,
) -> None:
    blob = blob_of(b"a\n1\n2\n", tmp_path)
    file = RemoteFile("a.csv", "a.csv", blob.size, NOON)
    assert not prepare(blob, file, Format()).is_clean
    erase_lines(blob, blob.path, dialect_of(Format()), 2, {2})
    read = prepare(blob, file, Format())
    assert (read.is_clean, read.lines, read.records, read.blank) == (True, 3, 1, 1)
    assert (read.size, read.sha256) == (blob.size, blob.sha256)


@given(content=st.text(alphabet='ab,"\r\n', max_size=60), lines=st.sets(st.integers(1, 12)))
def test_number_of_lines_is_the_same(
    tmp_path_factory: pytest.TempPathFactory, content: str, lines: set[int]
) -> None:
    folder = tmp_path_factory.mktemp("erasing", numbered=True)
    before, after = LineCounter(), LineCounter()
    before.update(content.encode() + b"\n")
    after.update(erased(folder, content.encode() + b"\n", lines))
    assert after.counted().lines == before.counted().lines


def test_numbers_of_content_that_no_goal_reads_are_those_of_physical_lines(tmp_path: Path) -> None:
    """Which CR and LF end, not what else Python splits a text at."""
    content = "a,b\nAn \x85 \x0b,1\r\nBo,2\rCy,3\nDi,4\n".encode()
    blob = staged(tmp_path, content)
    assert erase_matching_lines(blob, re.compile(b"Di"), "x.csv", {2, 4}) == 3
    assert blob.path.read_bytes() == b"a,b\n\r\nBo,2\r\n\n"
