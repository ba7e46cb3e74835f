"""Hashes are the same on every engine, whatever texts hold (R5)."""

import hashlib
import json
import re
from collections.abc import Sequence

import pytest

from tests.unit.sql.expression import value_of

HOSTILE = [
    "a",
    "600",
    "",
    None,
    "null",
    "é",
    "e\u0301",
    "😀",
    '"',
    "'",
    "\\",
    "\\\\",
    "\\u000b",
    "\\\\u000b",
    "\x0b",
    "\x1f\\\x0e\\\\\x1a",
    "\b\f\n\r\t",
    "\x7f\x85\u2028\ufeff",
    '","',
    "]",
    "a,b|c",
    "\u0130\u03a3",
]


def in_json(values: Sequence[str | None]) -> bytes:
    """Return texts in JSON as all engines write them."""
    text = json.dumps(values, ensure_ascii=False, separators=(",", ":"))
    upper = re.sub(r"\\(u00..|.)", lambda found: found[0][:2] + found[0][2:].upper(), text)
    return upper.encode()


@pytest.mark.parametrize("text", HOSTILE)
def test_hash_is_hexadecimal_digits(text: str | None) -> None:
    digest = hashlib.md5(in_json([text, None, ""])).digest()
    expected = f"{int.from_bytes(digest, 'little'):X}"
    listed = "['value', 'cast(null as string)', text('')]"
    assert value_of(f"{{{{ hash_text(content_hash({listed})) }}}}", text) == expected


@pytest.mark.parametrize("text", HOSTILE)
def test_hashes_of_several_lines_are_combined_alike(text: str | None) -> None:
    numbers = [
        int.from_bytes(hashlib.md5(in_json([value])).digest(), "little") for value in (text, "x")
    ]
    expected = f"{numbers[0] ^ (numbers[1] >> 1) ^ 2:X}"
    hashes = "[content_hash(['value']), content_hash([text('x')]), 'cast(null as ' ~ hash ~ ')']"
    template = f"{{% set hash = stored_type('hash') %}}{{{{ hash_text(combined_hash({hashes})) }}}}"
    assert value_of(template, text) == expected


@pytest.mark.parametrize("text", HOSTILE)
def test_ids_of_texts_are_the_same(text: str | None) -> None:
    digits = hashlib.md5((text or "").encode()).hexdigest()
    expected = f"{digits[:8]}-{digits[8:12]}-8{digits[13:16]}-8{digits[17:20]}-{digits[20:]}"
    template = "cast({{ stable_uuid(\"coalesce(value, '')\") }} as string)"
    assert value_of(template, text) == expected
