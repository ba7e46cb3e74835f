"""An identifier's value as it is compared: the twin of the macros of the engine."""

import re
import unicodedata

BLANKS = "\t\n\v\f\r \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
INVISIBLE = (
    "\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufff8\U000e0000-\U000e0fff"
)
"""What Unicode calls default ignorable: zero-width and direction marks, byte order marks."""

BLANK = re.compile(f"[{BLANKS}]")
UNSEEN = re.compile(f"[{INVISIBLE}]+")
BRACKETED = re.compile(r"^.*<([^<>]*@[^<>]*)>.*$", re.DOTALL)
MAILTO = re.compile(r"^mailto: *([^?]*)(?:\?.*)?$", re.DOTALL)


def identifier_text(value: str) -> str:
    """Return a value in NFC, without blanks around it and invisible characters inside."""
    if value.isascii():
        return value.strip("\t\n\v\f\r ")
    seen = BLANK.sub(_plain_blank, UNSEEN.sub("", value))
    return unicodedata.normalize("NFC", seen.strip("\t\n\v\f\r "))


def _plain_blank(found: re.Match[str]) -> str:
    return found[0] if found[0].isascii() else " "


def address_text(value: str) -> str:
    """Return an identifier's value as persons are suppressed by it.

    An e-mail address is one in any case, as a link, and in angle brackets behind a name.
    """
    text = identifier_text(value)
    if "@" not in text:
        return text
    lower = "".join(map(_lower, text))
    return MAILTO.sub(r"\1", BRACKETED.sub(r"\1", lower)).strip(" ")


def earlier_address_text(value: str) -> str:
    """Return a value in the form by which older runners suppressed persons."""
    text = value.strip(" ")
    if "@" not in value:
        return text
    return "".join(one.lower() if one.isascii() else one for one in text)


def _lower(character: str) -> str:
    """Return a character in lower case as the engine does: one for one."""
    lower = character.lower()
    return lower if len(lower) == 1 else "i"
