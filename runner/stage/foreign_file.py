"""Files of other kinds, such as workbooks: no text could be read in them (F10)."""

import zipfile
from pathlib import Path

from runner.errors import StageError

KINDS: tuple[tuple[bytes, str], ...] = (
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an Excel workbook of the old form (.xls)"),
    (b"%PDF-", "a PDF document"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"\x04\x22\x4d\x18", "an lz4 file"),
    (b"LZIP\x01", "an lzip file"),
    (b"\xff\x06\x00\x00sNaPpY", "a snappy file"),
    (b"\x1f\x9d", "a file of `compress` (.Z)"),
    (b"Obj\x01", "an Avro file"),
    (b"ARROW1\x00\x00", "an Arrow file"),
    (b"SQLite format 3\x00", "a SQLite database"),
    (b"\x89PNG\r\n", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"\x1f\x8b\x08", "a gzip file inside a compressed file"),
    (b"PK\x03\x04", "a zip inside a compressed file"),
)
"""First bytes of a file, and what it is."""

WORKBOOKS = (
    ("xl/", "an Excel workbook (.xlsx)"),
    ("word/", "a Word document (.docx)"),
    ("ppt/", "a presentation (.pptx)"),
    ("Index/", "an Apple Numbers document"),
)
"""Folders inside a zip, and what it is."""

HEAD = 512
TAR = slice(257, 262)


def refuse_foreign(plain: Path, name: str) -> None:
    """Raise StageError, with `name`, for a decompressed file that is of another kind than text."""
    with plain.open("rb") as file:
        head = file.read(HEAD)
    found = next((what for start, what in KINDS if head.startswith(start)), "")
    if head[TAR] == b"ustar":
        found = "a tar archive"
    elif head.startswith(b"PAR1") and b"\x00" in head:
        found = "a Parquet file"
    if found:
        raise _refusal(name, found)


def refuse_workbook(archive: zipfile.ZipFile, name: str) -> None:
    """Raise StageError, with `name`, for a zip that is a document of an office program."""
    names = archive.namelist()
    for folder, what in WORKBOOKS:
        if any(entry.startswith(folder) for entry in names) and _is_document(names):
            raise _refusal(name, what)
    if names[:1] == ["mimetype"]:
        raise _refusal(name, "an OpenDocument file (.ods)")


def _is_document(names: list[str]) -> bool:
    return "[Content_Types].xml" in names or "Index/Document.iwa" in names


def _refusal(name: str, what: str) -> StageError:
    return StageError(
        f"{name}: it is {what}, and not a text file",
        hint="ask for CSV, plain or compressed by gzip, zip, bzip2, xz or zstd",
    )
