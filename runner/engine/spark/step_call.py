"""A call of a Python function in a query, which Spark makes of rows, not in SQL."""

from collections.abc import Sequence
from dataclasses import dataclass

from runner.engine.spark.tokens import Token, split_at, text_of, tokens_of
from runner.sql.quoting import quoted_name


@dataclass(frozen=True)
class StepCall:
    """A query taken apart where one of its `with` calls a function.

    That one reads `select *, "f"(condition, a, b) as "f" from rows`.
    """

    # A query of the rows that it reads, with the condition and what is given behind them.
    rows: str
    # The query without it, and with another relation in its place.
    rest: str


def step_call(sql: str, name: str, relation: str) -> StepCall | None:
    """Return the query around the call of a function; None where it is not called."""
    tokens = tokens_of(sql)
    begin = _call(tokens, name)
    if begin is None:
        return None
    end = _closed(tokens, begin + 1)
    opened = _opened(tokens, begin)
    closed = _closed(tokens, opened)
    named = _names(tokens, opened)[-2]
    given = [
        f"{text_of(part)}\nas {quoted_name(f'{name}.{number}')}"
        for number, part in enumerate(split_at(tokens[begin + 2 : end - 1], ","))
    ]
    aliased = _names(tokens, len(tokens), end)[1] + 1
    body = [
        *tokens[opened + 1 : begin],
        *tokens_of(", ".join(given)),
        *tokens[aliased : closed - 1],
    ]
    before = text_of(tokens[:named]).removesuffix(",")
    rows = text_of(body) if before.lower() == "with" else f"{before}\n{text_of(body)}"
    behind = _names(tokens, len(tokens), closed)[0] + 1
    # Errors are placed by their line.
    lines = "\n" * text_of(tokens[named:behind]).count("\n")
    rest = [*tokens[:named], Token(lines or " ", "space"), *tokens[behind:]]
    called = tokens[named].plain
    return StepCall(rows, "".join(_renamed(token, called, relation) for token in rest))


def _renamed(token: Token, name: str, other: str) -> str:
    return other if token.kind == "name" and token.plain == name else token.text


def _call(tokens: Sequence[Token], name: str) -> int | None:
    for position, token in enumerate(tokens[:-1]):
        if token.text == quoted_name(name) and tokens[position + 1].text == "(":
            return position
    return None


def _names(tokens: Sequence[Token], end: int, begin: int = 0) -> list[int]:
    """Return the positions of the tokens that are no spaces."""
    return [place for place in range(begin, end) if tokens[place].kind != "space"]


def _closed(tokens: Sequence[Token], opened: int) -> int:
    """Return the position behind the bracket that closes the one at a position."""
    depth = 0
    for position in range(opened, len(tokens)):
        depth += {"(": 1, ")": -1}.get(tokens[position].text, 0)
        if depth == 0:
            return position + 1
    return len(tokens)


def _opened(tokens: Sequence[Token], position: int) -> int:
    """Return the position of the bracket that is open at a position."""
    depth = 0
    while depth < 1:
        position -= 1
        depth += {"(": 1, ")": -1}.get(tokens[position].text, 0)
    return position
