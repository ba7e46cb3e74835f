"""In which encoding a file is written, by all of its bytes."""

import codecs
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
SINGLE_BYTE = ("windows-1252", "mac_roman", "cp850", "windows-1250")
"""Encodings that are tried where a file is not UTF-8; of equals the first."""
COMMON = frozenset("éèëêáàâäöóòôüúùûíìîïçñåæøãõßÉÈÖÜÄÅØ€’“”– ")
LETTERS = frozenset("ÀÂÁÃÆÇÊËÌÍÎÏÑÒÓÔÕÙÚÛÝýÿŸœŒ£‘—…°«»·\xa0ąćęłńśźżĄĆĘŁŃŚŹŻčďěňřšťůžČĎĚŇŘŠŤŮŽőűŐŰ")
FIRST = 64 * 1024
SHOWN = 12
"""Letters that a note lists."""


@dataclass(frozen=True)
class FoundEncoding:
    """An encoding, and what should be checked about it."""

    name: str
    # Empty where it is certain.
    doubt: str = ""
    # Lines with bytes that it does not have.
    bad_lines: int = 0


def find_encoding(path: Path) -> FoundEncoding:
    """Return the encoding of a file."""
    with path.open("rb") as file:
        first = file.read(FIRST)
        for mark, name in MARKS:
            if first.startswith(mark):
                return FoundEncoding(name)
        if wide := _wide(first):
            return FoundEncoding(wide, "it has no byte order mark")
        file.seek(0)
        good, bad, high, letters = _counted(file)
    if not bad:
        return FoundEncoding("utf-8")
    if good >= bad:
        doubt = f"lines with bytes that UTF-8 does not have, which are set aside: {bad:,}"
        return FoundEncoding("utf-8", doubt, bad)
    return _single_byte(high, letters)


def _wide(first: bytes) -> str:
    """Return the UTF-16 of a file without a mark: every second byte of Western text is zero."""
    even, odd = first[0::2].count(0), first[1::2].count(0)
    half = max(len(first) // 4, 1)
    if odd > half and even < half // 4:
        return "utf-16-le"
    return "utf-16-be" if even > half and odd < half // 4 else ""


def _counted(lines: Iterable[bytes]) -> tuple[int, int, Counter[int], int]:
    """Return lines with UTF-8 beyond ASCII, lines that are not UTF-8, their high bytes, letters."""
    good = bad = letters = 0
    high: Counter[int] = Counter()
    for line in lines:
        if line.isascii():
            continue
        try:
            line.decode("utf-8")
            good += 1
        except UnicodeDecodeError:
            bad += 1
            high.update(byte for byte in line if byte > 127)
            letters += sum(65 <= byte | 32 <= 122 for byte in line if byte < 128)
    return good, bad, high, letters


def _single_byte(high: Counter[int], letters: int) -> FoundEncoding:
    candidates = SINGLE_BYTE if letters > sum(high.values()) else (*SINGLE_BYTE, "windows-1251")
    scores = {name: _score(name, high) for name in candidates}
    best = max(candidates, key=lambda name: scores[name])
    text = bytes(byte for byte, _ in high.most_common(SHOWN)).decode(best, "replace")
    return FoundEncoding(
        best, f"it is not UTF-8; check the letters that it has then: {' '.join(text)}"
    )


def _score(name: str, high: Counter[int]) -> float:
    """Return how well bytes read as letters: most for common ones, less for other signs."""
    score = 0.0
    for byte, count in high.items():
        character = bytes((byte,)).decode(name, "replace")
        is_cyrillic = name == "windows-1251" and "\u0400" <= character <= "\u04ff"
        if character in COMMON or is_cyrillic:
            score += count
        else:
            score += count * (0.3 if character in LETTERS else -1)
    return score
