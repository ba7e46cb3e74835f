"""Text from files, servers and people, made safe to show.

A name or a value may hold escape sequences that control the terminal, line ends that fake a
message, or marks that change the reading direction.
"""

import re
import unicodedata

# Cc: controls; Cf: format marks (bidi, zero width); Cs: halves of a character; Zl, Zp: line ends.
HIDDEN = ("Cc", "Cf", "Cs", "Zl", "Zp")
PLAIN = re.compile(r"[ -~]*")


def printable(text: str) -> str:
    r"""Return one line in which every control character is written out, as `\x1b`."""
    if PLAIN.fullmatch(text):
        return text
    return "".join(_written(character) for character in text)


def printable_lines(text: str) -> list[str]:
    """Return the lines of a message of several lines, each made safe; tabs become spaces."""
    return [printable(line.expandtabs(4)) for line in re.split(r"\r\n|\n", text)]


def _written(character: str) -> str:
    if unicodedata.category(character) not in HIDDEN:
        return character
    if character <= "\x7f":
        return repr(character)[1:-1]
    return character.encode("ascii", "backslashreplace").decode()
