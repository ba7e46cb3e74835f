"""The stars of a query written out: the columns of a relation without some, or with other values.

Macros write `lines.* exclude (a) replace (upper(b) as b)`, and some servers of Spark read nothing
like it. What a star stands for is asked of the server, which runs nothing for that.
"""

from collections.abc import Callable, Iterator, Sequence

from runner.engine.spark.tokens import Token, split_at, text_of, tokens_of
from runner.engine.statement import statement
from runner.sql.quoting import Sql, quoted_name

FORMS = ("exclude", "replace", "matched")
"""Words behind a star, each with a list in brackets."""
BEHIND_FROM = frozenset(
    ("where", "group", "having", "window", "order", "limit", "union", "intersect", "except")
)
EACH = "each_column"
"""`f(each_column(* exclude (a)), b)`: the call for each column, under its name."""

ENGINE = "spark"
ROW_ID = "_row_id"
"""The number of a row in a temporary table, which no star stands for."""

Columns = Callable[[str], Sequence[str]]
"""Returns the names of the columns that a query gives."""


def written_out(sql: str, columns_of: Columns) -> str:
    """Return SQL without such stars."""
    tokens = tokens_of(sql)
    while (found := _star(tokens)) is not None:
        position, end = found
        listed = _listed(tokens, position, end, columns_of)
        begin = _call(tokens, position) if _is_each(tokens, position) else position - 2
        end = _closed(tokens, begin + 1) if begin < position - 2 else end
        comma = _solid(tokens, end)
        if not listed and comma < len(tokens) and tokens[comma].text == ",":
            end = comma + 1
        tokens = [*tokens[:begin], *tokens_of(listed), *tokens[end:]]
    return "".join(token.text for token in tokens)


def _star(tokens: Sequence[Token]) -> tuple[int, int] | None:
    """Return where a star is that has something behind it, and where that ends."""
    for position, token in enumerate(tokens):
        end = _behind(tokens, position + 1, FORMS)
        if token.text != "*" or end == position + 1:
            continue
        while (more := _behind(tokens, end, FORMS)) > end:
            end = more
        return position, end
    return None


def _solid(tokens: Sequence[Token], position: int) -> int:
    """Return the position of the next token that is no space, or the end."""
    while position < len(tokens) and tokens[position].kind == "space":
        position += 1
    return position


def _behind(tokens: Sequence[Token], position: int, words: Sequence[str]) -> int:
    """Return the end of a word and its brackets that come next; `position` where they do not."""
    word = _solid(tokens, position)
    bracket = _solid(tokens, word + 1)
    if bracket >= len(tokens) or tokens[word].word not in words or tokens[bracket].text != "(":
        return position
    return _closed(tokens, bracket)


def _closed(tokens: Sequence[Token], bracket: int) -> int:
    """Return the position behind the bracket that closes the one at a position or behind it."""
    depth = 0
    for position in range(bracket, len(tokens)):
        depth += {"(": 1, ")": -1}.get(tokens[position].text, 0)
        if depth == 0 and tokens[position].text == ")":
            return position + 1
    return len(tokens)


def _listed(tokens: Sequence[Token], position: int, end: int, columns_of: Columns) -> str:
    """Return the columns that the star at a position stands for, with their values."""
    parts = {word: _part(tokens, position, end, word) for word in FORMS}
    before, source = _before(tokens, position), _from(tokens, position)
    is_each = _is_each(tokens, position)
    owner = "" if is_each else f"{tokens[position - 2].text}."
    own = _columns(before, owner, source, columns_of)
    if parts["matched"]:
        sources = (f"from {text_of(part)}" for part in parts["matched"])
        both = [_columns(before, "", source, columns_of) for source in sources]
        return ", ".join(_matched(owner, own, both))
    left_out = {_name(part) for part in parts["exclude"]}
    values = {_name(part): text_of(_value(part)) for part in parts["replace"]}
    kept = [name for name in own if name.lower() not in left_out and name != ROW_ID]
    for name in kept:
        value = values.get(name.lower(), owner + quoted_name(name))
        values[name.lower()] = _applied(tokens, position, name) if is_each else value
    return ", ".join(f"{values[name.lower()]} as {quoted_name(name)}" for name in kept)


def _columns(before: str, owner: str, source: str, columns_of: Columns) -> Sequence[str]:
    parts = {"before": Sql(before), "owner": Sql(owner), "source": Sql(source)}
    return columns_of(written_out(statement(ENGINE, "star.columns_of", **parts), columns_of))


def _matched(owner: str, own: Sequence[str], both: Sequence[Sequence[str]]) -> Iterator[str]:
    """Give the columns of two relations, null where they are those of the other."""
    for name in dict.fromkeys(name for names in both for name in names):
        yield f"{owner + quoted_name(name) if name in own else 'null'} as {quoted_name(name)}"


def _part(tokens: Sequence[Token], position: int, end: int, word: str) -> list[list[Token]]:
    for start in range(position + 1, end):
        closed = _behind(tokens, start, (word,))
        if tokens[start].word == word and closed > start:
            bracket = _solid(tokens, start + 1)
            return split_at(tokens[bracket + 1 : closed - 1], ",")
        if tokens[start].text == "(":
            break
    rest = _behind(tokens, position + 1, FORMS)
    return _part(tokens, rest - 1, end, word) if position + 1 < rest < end else []


def _name(part: Sequence[Token]) -> str:
    """Return the name at the end of a part, in lower case."""
    return next(token.plain.lower() for token in reversed(part) if token.kind == "name")


def _value(part: Sequence[Token]) -> Sequence[Token]:
    """Return what stands before `as` and a name."""
    last = max(place for place, token in enumerate(part) if token.word == "as")
    return part[:last]


def _is_each(tokens: Sequence[Token], position: int) -> bool:
    return any(token.word == EACH for token in tokens[max(0, position - 4) : position])


def _call(tokens: Sequence[Token], position: int) -> int:
    """Return where the call begins that a star in `each_column` is an argument of."""
    each = max(place for place in range(position) if tokens[place].word == EACH)
    bracket = max(place for place in range(each) if tokens[place].text == "(")
    return bracket - 1


def _applied(tokens: Sequence[Token], position: int, name: str) -> str:
    """Return the call for one column."""
    begin = _call(tokens, position)
    each = max(place for place in range(position) if tokens[place].word == EACH)
    behind = _closed(tokens, each + 1)
    rest = tokens[behind : _closed(tokens, begin + 1)]
    return text_of(tokens[begin:each]) + quoted_name(name) + "".join(token.text for token in rest)


def _around(tokens: Sequence[Token], position: int) -> list[int]:
    """Return the positions of the brackets that are open at a position, the outer ones first."""
    opened: list[int] = []
    for place, token in enumerate(tokens[:position]):
        if token.text == "(":
            opened.append(place)
        elif token.text == ")":
            opened.pop()
    return opened


def _from(tokens: Sequence[Token], position: int) -> str:
    """Return the `from` of the query that a star at a position is part of."""
    depth, begin = 0, None
    start = _closed(tokens, _call(tokens, position) + 1) if _is_each(tokens, position) else position
    for place in range(start, len(tokens)):
        token = tokens[place]
        if depth == 0 and token.word == "from" and begin is None:
            # `is distinct from` begins no list of relations.
            is_compared = _word_before(tokens, place) == "distinct"
            begin = None if is_compared else place
        elif depth == 0 and begin is not None and token.word in BEHIND_FROM:
            return text_of(tokens[begin:place])
        depth += {"(": 1, ")": -1}.get(token.text, 0)
        if depth < 0:
            return text_of(tokens[begin:place])
    return text_of(tokens[begin:])


def _word_before(tokens: Sequence[Token], position: int) -> str:
    solid = [token.word for token in tokens[:position] if token.kind != "space"]
    return solid[-1] if solid else ""


def _before(tokens: Sequence[Token], position: int) -> str:
    """Return the `with` that names what the query at a position may read."""
    opened = _around(tokens, position)
    inner = [place + 1 for place in opened if tokens[_solid(tokens, place + 1)].word == "with"]
    if inner:
        tokens, position = tokens[inner[-1] :], position - inner[-1]
    first = _solid(tokens, 0)
    if first >= len(tokens) or tokens[first].word != "with":
        return ""
    opened = _around(tokens, position)
    last = opened[0] if opened and _is_definition(tokens, opened[0]) else None
    if last is None:
        depth, last = 0, position
        for place, token in enumerate(tokens):
            depth += {"(": 1, ")": -1}.get(token.text, 0)
            if depth == 0 and token.word == "select" and place < position:
                last = place
                break
        return text_of(tokens[:last])
    kept = text_of(tokens[: _name_before(tokens, last)]).rstrip().rstrip(",")
    words = [token.word for token in tokens_of(kept) if token.kind != "space"]
    return "" if words == ["with"] else kept


def _is_definition(tokens: Sequence[Token], bracket: int) -> bool:
    return _word_before(tokens, bracket) == "as"


def _name_before(tokens: Sequence[Token], bracket: int) -> int:
    solid = [place for place in range(bracket) if tokens[place].kind != "space"]
    return solid[-2]
