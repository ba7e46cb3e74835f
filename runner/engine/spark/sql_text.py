"""SQL of runner as Spark reads it: texts, names, and the views that stand for relations.

All SQL here has the quotes of the standard: a text in ' ', where '' is one of them and a backslash
is itself; a name in " ". Spark and the servers that speak its protocol agree on neither, but on
backticks and on escapes by backslash.
"""

from collections.abc import Callable, Sequence

from runner.engine.spark.tokens import Token, text_of, tokens_of

SCHEMAS = ("main", "runner", "segments", "earlier")
"""Schemas of a warehouse; `earlier` holds those of another version that is open beside it."""
ATTACHED = SCHEMAS[-1]
BEFORE_RELATION = ("from", "join")
FOLLOWING = frozenset(
    (
        *("where", "group", "order", "having", "limit", "union", "except", "intersect", "join"),
        *("inner", "left", "right", "full", "cross", "semi", "anti", "on", "using", "window"),
        *("qualify", "lateral", "natural", ";", ")", ","),
    )
)
"""What may follow a relation that has no alias."""

WORDS = FOLLOWING | frozenset(
    ("select", "then", "else", "when", "and", "or", "not", "in", "as", "by", "is", "case", "from")
)
"""Words behind which a bracket begins a list."""

Find = Callable[[str], str | None]
"""Returns the view that stands for a relation, by its plain name; None where there is none."""


def quoted(name: str) -> str:
    """Return a name as Spark quotes it."""
    return "`" + name.replace("`", "``") + "`"


def spelled(token: Token) -> str:
    """Return a token as Spark writes it."""
    if token.text == "//":
        return "div"
    if token.kind == "text":
        inner = token.text[1:-1].replace("''", "'").replace("\\", "\\\\").replace("'", "\\'")
        return f"'{inner}'"
    return quoted(token.plain) if token.text[0] == '"' else token.text


def spark_sql(sql: str, find: Find) -> str:
    """Return SQL with Spark's quotes, and with views in the place of relations."""
    tokens = _with_arrays(tokens_of(sql))
    own = _with_names(tokens)
    made: list[str] = []
    position = 0
    while position < len(tokens):
        token = tokens[position]
        end, name = _relation_at(tokens, position)
        is_relation = bool(name) and _word_before(tokens, position) in BEFORE_RELATION
        may_be = is_relation or (bool(name) and _is_qualified(tokens, position, end))
        view = find(name) if may_be and not (name in own and "." not in name) else None
        if view is not None:
            last = tokens[end - 1].plain
            made.append(_aliased(tokens, end, view, last) if is_relation else quoted(last))
            position = end
            continue
        made.append(spelled(token))
        position += 1
    return "".join(made)


def _with_arrays(tokens: Sequence[Token]) -> list[Token]:
    """Return tokens with `array(...)` for a list `[...]`; brackets behind a value are an index."""
    made: list[Token] = []
    lists: list[bool] = []
    before = Token("(", "other")
    for token in tokens:
        is_value = (before.kind == "name" and before.word not in WORDS) or before.text in (")", "]")
        if token.text == "[":
            lists.append(not is_value)
        is_list = lists[-1] if lists and token.text in ("[", "]") else False
        if token.text == "]" and lists:
            lists.pop()
        mark = {"[": "array(", "]": ")"}.get(token.text) if is_list else None
        made.append(Token(mark, "other") if mark else token)
        before = before if token.kind == "space" else token
    return made


def _is_qualified(tokens: Sequence[Token], position: int, end: int) -> bool:
    """Tell whether `schema.table` is before a column."""
    return end - position >= 3 and end < len(tokens) and tokens[end].text == "."


def _aliased(tokens: Sequence[Token], end: int, view: str, name: str) -> str:
    """Return a view; under the name of its relation where the SQL gives it no other."""
    following = next((token.word for token in tokens[end:] if token.kind != "space"), ";")
    return f"{quoted(view)} as {quoted(name)}" if following in FOLLOWING else quoted(view)


def _word_before(tokens: Sequence[Token], position: int) -> str:
    while position:
        position -= 1
        if tokens[position].kind != "space":
            return tokens[position].word
    return ""


def _relation_at(tokens: Sequence[Token], position: int) -> tuple[int, str]:
    """Return where a name that begins here ends, and the name; empty where none begins here."""
    if tokens[position].kind != "name" or (position and tokens[position - 1].text == "."):
        return position, ""
    parts, end = [tokens[position].plain], position + 1
    while (
        parts[-1].lower() in SCHEMAS
        and (tokens[end - 1].word or parts[-1] == ATTACHED)
        and end + 1 < len(tokens)
        and tokens[end].text == "."
        and tokens[end + 1].kind == "name"
    ):
        parts.append(tokens[end + 1].plain)
        end += 2
    return end, ".".join(parts)


def _with_names(tokens: Sequence[Token]) -> frozenset[str]:
    """Return the names that a `with` gives: they hide relations of the same name."""
    solid = [token for token in tokens if token.kind != "space"]
    found = set()
    for token, *following in zip(solid, solid[1:], solid[2:], solid[3:], strict=False):
        words = [next_one.word for next_one in following]
        is_query = words[:2] == ["as", "("] or words == ["as", "not", "materialized"]
        if token.kind == "name" and is_query:
            found.add(token.plain)
    return frozenset(found)


def relation_name(tokens: Sequence[Token]) -> str:
    """Return the plain name of the relation that tokens hold."""
    return ".".join(token.plain for token in tokens_of(text_of(tokens)) if token.kind == "name")
