"""SQL as tokens: what is text, name or comment in it, and where its parts end."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

TOKEN = re.compile(
    r"""(?P<space>\s+|--[^\n]*|/\*.*?\*/)"""
    r"""|(?P<text>'(?:[^']|'')*')"""
    r"""|(?P<name>"(?:[^"]|"")*"|`(?:[^`]|``)*`|[^\W\d]\w*)"""
    r"""|(?P<other>//|\d\w*|.)""",
    re.DOTALL,
)


@dataclass(frozen=True)
class Token:
    """A word, name, text, sign or space of SQL."""

    text: str
    # Of TOKEN: `space`, `text`, `name` or `other`.
    kind: str

    @property
    def word(self) -> str:
        """Return a bare word or a sign in lower case; empty where it is quoted, or a text."""
        return "" if self.text[0] in "'\"`" else self.text.lower()

    @property
    def plain(self) -> str:
        """Return a name without its quotes."""
        mark = self.text[0]
        return self.text[1:-1].replace(mark * 2, mark) if mark in '"`' else self.text


def tokens_of(sql: str) -> list[Token]:
    """Return all tokens of SQL: together they are its text again."""
    return [Token(found[0], str(found.lastgroup)) for found in TOKEN.finditer(sql)]


def text_of(tokens: Sequence[Token]) -> str:
    """Return the SQL of tokens."""
    return "".join(token.text for token in tokens).strip()


def outside(tokens: Sequence[Token]) -> Iterator[tuple[int, Token]]:
    """Give the tokens that are in no brackets, and are no spaces, with their positions."""
    depth = 0
    for position, token in enumerate(tokens):
        if token.text in ")]":
            depth -= 1
        if depth == 0 and token.kind != "space":
            yield position, token
        if token.text in "([":
            depth += 1


def split_at(tokens: Sequence[Token], sign: str) -> list[list[Token]]:
    """Split tokens at a sign or word that is in no brackets; parts without content are left out."""
    parts: list[list[Token]] = []
    last = 0
    for position, token in outside(tokens):
        if token.word == sign:
            parts.append(list(tokens[last:position]))
            last = position + 1
    parts.append(list(tokens[last:]))
    return [part for part in parts if any(token.kind != "space" for token in part)]


def clauses(tokens: Sequence[Token], words: Sequence[str]) -> dict[str, list[Token]]:
    """Return what stands behind each of some words, in this order, and before the next of them.

    What is before the first of them stands behind an empty word.
    """
    found: dict[str, list[Token]] = {}
    current, last, left = "", 0, list(words)
    for position, token in outside(tokens):
        if token.word in left:
            found[current] = list(tokens[last:position])
            current, last = token.word, position + 1
            del left[: left.index(current) + 1]
    found[current] = list(tokens[last:])
    return found
