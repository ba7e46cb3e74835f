import gzip

import pytest

from runner.errors import StageError
from tests.unit.stage.readings import NOON, blob_of, staged

PEOPLE = b"id,name\n1,An\n2,Bo\n"


def test_direct_file_is_read_as_it_came(tmp_path):
    file = staged(PEOPLE, tmp_path)
    assert not file.is_clean
    assert file.local_path.read_bytes() == PEOPLE
    assert (file.lines, file.data_from, file.records, file.rejects) == (3, 1, None, None)
    assert (file.remote_path, file.size) == ("out/people.csv", 18)
    assert (file.modified_at, file.sha256) == (NOON, blob_of(PEOPLE, tmp_path).sha256)


def test_direct_file_has_a_record_on_each_line_below_its_header(tmp_path):
    assert staged(PEOPLE, tmp_path).record_count == 2


def test_r7_lines_of_a_clean_file_balance(tmp_path):
    file = staged(PEOPLE + b"\n3\n", tmp_path, by_records=True)
    assert file.is_clean
    assert (file.lines, file.data_from, file.record_lines, file.blank, file.rejected) == (
        5,
        1,
        2,
        1,
        1,
    )
    assert file.record_count == 2


def test_clean_form_has_line_numbers_commas_and_double_quotes(tmp_path):
    file = staged(
        b"id;n\r\n1;a,b\r\n'2';'x''\"'\r\n",
        tmp_path,
        by_records=True,
        separator=";",
        quote="'",
    )
    assert file.local_path.read_bytes() == b'2,"1","a,b"\n3,"2","x\'"""\n'
    assert file.header == ("id", "n")


@pytest.mark.parametrize(
    "data",
    [b"a,b\n1,2\r\n", b"a,b\n1,2\r3,4\n", b"a,b\n1,\0\n"],
    ids=["mixed line ends", "a lone CR", "a NUL"],
)
def test_bytes_that_the_engine_would_misread_are_read_with_care(tmp_path, data):
    assert staged(data, tmp_path).is_clean


def test_rejects_file_has_a_header_line(tmp_path):
    file = staged(b'id,na"me\n1\n', tmp_path, by_records=True)
    assert file.rejects.read_text() == (
        'line,column_number,column_name,reason,raw,byte_offset\n2,2,"na""me",too_few_fields,"1",\n'
    )


def test_clean_form_is_written_once_per_content_and_dialect(tmp_path):
    first = staged(PEOPLE, tmp_path, by_records=True)
    inode = first.local_path.stat().st_ino
    assert staged(PEOPLE, tmp_path, by_records=True) == first
    assert first.local_path.stat().st_ino == inode
    other = staged(PEOPLE, tmp_path, by_records=True, separator=";")
    assert other.local_path != first.local_path


@pytest.mark.parametrize("change", [lambda text: text[:-4], lambda text: text.replace(b"1", b"2")])
def test_f11_clean_form_that_is_damaged_is_written_again(tmp_path, change):
    first = staged(PEOPLE, tmp_path, by_records=True)
    whole = first.local_path.read_bytes()
    first.local_path.write_bytes(change(whole))
    assert staged(PEOPLE, tmp_path, by_records=True) == first
    assert first.local_path.read_bytes() == whole


def test_clean_form_without_its_counts_is_written_again(tmp_path):
    first = staged(PEOPLE, tmp_path, by_records=True)
    whole = first.local_path.read_bytes()
    first.local_path.write_bytes(b"cut sho")
    first.local_path.with_suffix(".json").unlink()
    assert staged(PEOPLE, tmp_path, by_records=True) == first
    assert first.local_path.read_bytes() == whole


def test_failed_reading_leaves_nothing_behind(tmp_path):
    with pytest.raises(StageError):
        staged(b'"a"b\n1\n', tmp_path, by_records=True)
    assert [path.suffix for path in tmp_path.iterdir() if path.suffix != ".json"] == [""]


def test_compressed_file_is_prepared_from_its_plain_bytes(tmp_path):
    file = staged(gzip.compress(PEOPLE), tmp_path)
    assert file.local_path.read_bytes() == PEOPLE
    assert file.local_path.name == f"{file.sha256}.plain"
    assert file.lines == 3


def test_empty_file_has_no_columns_and_no_records(tmp_path):
    for by_records in (False, True):
        file = staged(b"", tmp_path, by_records=by_records)
        assert (file.header, file.lines) == ((), 0)
        assert file.record_count == 0


def test_prepared_files_are_readable_by_their_owner_alone(tmp_path):
    file = staged(PEOPLE + b"3\n", tmp_path, by_records=True)
    assert file.local_path.stat().st_mode & 0o077 == 0
    assert file.rejects.stat().st_mode & 0o077 == 0


def test_a_file_that_was_once_read_by_records_is_read_so_from_then_on(tmp_path):
    """Also where the engine's reading could be proved: it would take a repeated header for data."""
    data = b"id,name\n1,a\nid,name\n"
    assert not staged(data, tmp_path).is_clean
    assert staged(data, tmp_path, by_records=True).records == 1
    assert staged(data, tmp_path).records == 1
