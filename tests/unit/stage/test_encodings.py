"""Every encoding that Python knows is read, strictly (F7)."""

import codecs
from encodings.aliases import aliases

import pytest
from pydantic import ValidationError

from runner.definitions.format import Format
from tests.unit.stage.readings import read_records

TEXTS = {"utf-16": "\u00e9\u20ac\U0001f600", "koi8-r": "\u0416", "shift_jis": "\u65e5\u672c",
         "gb18030": "\u4e2d\u20ac", "big5": "\u4e2d", "cp1252": "\u20ac\u0153", "cp437": "\u00e9",
         "cp1253": "\u03a9", "euc_kr": "\ud55c", "iso2022_jp": "\u65e5\u672c", "utf-7": "\u00e9",
         "hz": "\u4e2d", "iso8859_15": "\u20ac", "mac_roman": "\u2030", "utf-32-be": "\u20ac"}  # fmt: skip


def text_encodings() -> list[str]:
    names = {codecs.lookup(name).name for name in aliases.values() if name != "mbcs"}
    return sorted(name for name in names if codecs.lookup(name)._is_text_encoding)


def is_known(encoding: str) -> bool:
    try:
        Format(encoding=encoding)
    except ValidationError:
        return False
    return True


@pytest.mark.parametrize("encoding", text_encodings())
def test_f7_a_file_in_any_encoding_is_read(encoding):
    text = "id,name\r\n1,An\r\n2\r\n3,Bo"
    reading = read_records(text.encode(encoding), encoding=encoding)
    assert reading.rows == [(2, ["1", "An"]), (4, ["3", "Bo"])]
    assert [reject[:1] + reject[3:] for reject in reading.rejects] == [["3", "too_few_fields", "2"]]
    assert reading.rejects_as_sent == "id,name\r\n2\r\n".encode(encoding)


@pytest.mark.parametrize(("encoding", "letters"), TEXTS.items())
def test_f7_letters_beyond_ascii_are_read(encoding, letters):
    reading = read_records(f"id,name\n1,{letters}\n".encode(encoding), encoding=encoding)
    assert reading.values == [["1", letters]]
    assert reading.rejects == []


@pytest.mark.parametrize("encoding", ["ascii", "utf-8", "shift_jis", "euc_jp", "gb18030", "cp1252"])
def test_f7_a_byte_that_an_encoding_does_not_have_costs_its_line_alone(encoding):
    bad = b"\x81" if encoding in ("cp1252", "euc_jp") else b"\xff"
    data = b"id,name\n1,a\n2," + bad + b"\n3,c\n"
    reading = read_records(data, encoding=encoding)
    assert ["1", "a"] in reading.values
    assert ["3", "c"] in reading.values
    assert [reject[0] for reject in reading.rejects] == ["3"]


@pytest.mark.parametrize(
    "encoding",
    [
        "utf8-8",
        "base64",
        "rot13",
        "latin",
        "hex",
        "idna",
        "punycode",
        "Unicode-Escape",
        "undefined",
    ],
)
def test_an_encoding_of_no_text_is_refused_or_known(encoding):
    assert is_known(encoding) is (encoding == "latin")
