import bz2
import gzip
import io
import lzma
import sys
import zipfile

import pytest

from runner.errors import StageError
from runner.stage.decompression import Bounds, plain_of
from runner.stage.line_count import LineCount
from tests.unit.stage.readings import blob_of

PEOPLE = b"id,name\n1,An\n2,Bo"


def zstd(data):
    library = "compression.zstd" if sys.version_info >= (3, 14) else "backports.zstd"
    return pytest.importorskip(library).compress(data)


def zip_of(members):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return target.getvalue()


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
        zip_of({"a.csv": PEOPLE, "__MACOSX/._a.csv": b"x", ".DS_Store": b"y", "b/Thumbs.db": b"z"}),
        bz2.compress(PEOPLE),
        bz2.compress(PEOPLE[:5]) + bz2.compress(PEOPLE[5:]),
        lzma.compress(PEOPLE),
        lzma.compress(PEOPLE, lzma.FORMAT_ALONE),
    ],
    ids=[
        "plain", "gzip", "two gzip members", "zip", "zip with a directory", "zip of a Mac",
        "bzip2", "two bzip2 streams", "xz", "lzma",
    ],
)  # fmt: skip
def test_f7_plain_bytes_and_their_lines_whatever_the_compression(tmp_path, data):
    plain = plain_of(blob_of(data, tmp_path), "a.csv")
    assert plain.path.read_bytes() == PEOPLE
    assert plain.count == LineCount(lines=3, line_feeds=2)


def test_f7_zstd_is_decompressed_where_its_library_is_installed(tmp_path):
    two_frames = zstd(PEOPLE[:5]) + zstd(PEOPLE[5:])
    assert plain_of(blob_of(two_frames, tmp_path), "a.csv").path.read_bytes() == PEOPLE


def test_f7_zstd_without_its_library_is_refused_with_what_to_install(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "backports.zstd", None)
    monkeypatch.setitem(sys.modules, "compression.zstd", None)
    with pytest.raises(StageError, match=r"runner\[zstd\]"):
        plain_of(blob_of(b"\x28\xb5\x2f\xfd" + PEOPLE, tmp_path), "a.csv")


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress, zstd])
def test_f7_compressed_file_that_is_cut_short_is_no_shorter_file(tmp_path, pack):
    data = pack(PEOPLE * 999)
    with pytest.raises(StageError, match=r"a.csv: the \w+ file is damaged or cut short"):
        plain_of(blob_of(data[:-9], tmp_path), "a.csv")
    damaged = data[:20] + bytes(20) + data[40:]
    with pytest.raises(StageError, match="damaged or cut short"):
        plain_of(blob_of(damaged, tmp_path), "a.csv")


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (zip_of({"xl/workbook.xml": b"", "[Content_Types].xml": b""}), "an Excel workbook"),
        (zipped(mimetype=b"application/vnd.oasis", content=b""), "an OpenDocument file"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(99), "an Excel workbook of the old form"),
        (gzip.compress(bytes(257) + b"ustar" + bytes(250)), "a tar archive"),
        (gzip.compress(gzip.compress(PEOPLE)), "a gzip file inside"),
        (zipped(people=zipped(people=PEOPLE)), "a zip inside"),
        (b"%PDF-1.7\n", "a PDF document"),
        (b"7z\xbc\xaf\x27\x1c\x00", "a 7z archive"),
        (b"PAR1\x15\x00", "a Parquet file"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_f10_file_of_another_kind_is_refused_by_its_name(tmp_path, data, what):
    with pytest.raises(StageError, match=f"a.csv: it is {what}"):
        plain_of(blob_of(data, tmp_path), "a.csv")


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
