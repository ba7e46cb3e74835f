import gzip
import io
import zipfile

import pytest

from runner.errors import StageError
from runner.stage.decompression import Bounds, plain_of
from runner.stage.line_count import LineCount
from tests.unit.stage.readings import blob_of

PEOPLE = b"id,name\n1,An\n2,Bo"


def zipped(**members):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name.replace("_", "/"), data)
    return target.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        PEOPLE,
        gzip.compress(PEOPLE),
        gzip.compress(PEOPLE[:5]) + gzip.compress(PEOPLE[5:]),
        zipped(people=PEOPLE),
        zipped(dir_="", dir_people=PEOPLE),
    ],
    ids=["plain", "gzip", "two gzip members", "zip", "zip with a directory"],
)
def test_f7_plain_bytes_and_their_lines_whatever_the_compression(tmp_path, data):
    plain = plain_of(blob_of(data, tmp_path), "a.csv")
    assert plain.path.read_bytes() == PEOPLE
    assert plain.count == LineCount(lines=3, line_feeds=2)


def test_uncompressed_file_is_not_copied(tmp_path):
    blob = blob_of(PEOPLE, tmp_path)
    assert plain_of(blob, "a.csv").path == blob.path


def test_compressed_file_is_decompressed_once(tmp_path):
    blob = blob_of(gzip.compress(PEOPLE), tmp_path)
    plain = plain_of(blob, "a.csv")
    inode = plain.path.stat().st_ino
    assert plain_of(blob, "a.csv") == plain
    assert plain.path.stat().st_ino == inode


def test_f11_decompressed_file_that_is_damaged_is_decompressed_again(tmp_path):
    blob = blob_of(gzip.compress(PEOPLE), tmp_path)
    plain = plain_of(blob, "a.csv")
    plain.path.write_bytes(PEOPLE[:-4])
    assert plain_of(blob, "a.csv") == plain
    assert plain.path.read_bytes() == PEOPLE


def test_damaged_line_count_is_counted_again(tmp_path):
    blob = blob_of(PEOPLE, tmp_path)
    blob.beside("lines.json").write_text("{")
    assert plain_of(blob, "a.csv").count.lines == 3


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (zipped(), "found none"),
        (zipped(one=b"1", two=b"2"), "found 2 files: 'one', 'two'"),
        (zipped(dir_=b""), "found none"),
    ],
    ids=["empty", "two files", "directory"],
)
def test_f7_zip_holds_exactly_one_file(tmp_path, data, found):
    with pytest.raises(StageError, match=rf"a\.zip: expected a zip with one file in it, {found}"):
        plain_of(blob_of(data, tmp_path), "a.zip")


@pytest.mark.parametrize(
    "data",
    [
        gzip.compress(PEOPLE)[:-4],
        gzip.compress(PEOPLE * 99)[:30],
        gzip.compress(PEOPLE)[:10] + b"\xff" * 30,
        zipped(people=PEOPLE)[:-30],
        zipped(people=PEOPLE).replace(b"people\xcb", b"people\xff", 1),
        b"PK\x03\x04",
    ],
    # Compressed bytes hold the time, and ids must not.
    ids=["no end", "half", "garbage inside", "torn zip", "torn member", "bare zip"],
)
def test_damaged_file_is_reported(tmp_path, data):
    blob = blob_of(data, tmp_path)
    with pytest.raises(StageError, match=r"a\.csv: the (gzip|zip) file is damaged or cut short"):
        plain_of(blob, "a.csv")
    assert not list(tmp_path.glob("*.part"))


def test_encrypted_zip_is_reported(tmp_path):
    data = bytearray(zipped(people=PEOPLE))
    for signature, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(signature) + flags] |= 1
    with pytest.raises(StageError, match="it is encrypted"):
        plain_of(blob_of(bytes(data), tmp_path), "a.zip")


def test_f7_bounds_on_size_and_ratio(tmp_path):
    blob = blob_of(gzip.compress(b"x" * 100_000), tmp_path)
    for bounds in (Bounds(size=99_999), Bounds(ratio=10, harmless=0)):
        with pytest.raises(StageError, match="looks like a bomb"):
            plain_of(blob, "a.csv", bounds)
    assert not list(tmp_path.glob("*.part"))
    assert plain_of(blob, "a.csv", Bounds(size=100_000)).count.lines == 1


def test_f7_small_files_may_compress_well():
    assert Bounds().allowed(1000) == 64 * 1024**2
    assert Bounds().allowed(1024**2) == 1000 * 1024**2
    assert Bounds().allowed(1024**3) == 20 * 1024**3
