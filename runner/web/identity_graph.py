"""The identifier values of a profile as a graph: what linked them to one person."""

from dataclasses import dataclass

from runner.explain.explanation import Explanation, IdentifierLink

MOST_VALUES = 40
"""Values that a graph shows; a table has all."""
COLUMN = 230
ROW = 46
WIDTH = 200
HEIGHT = 34
EDGE = 12
"""Units of the picture: from one column or row to the next, of a box, and around all."""
LONGEST = 26
"""Characters of a value that fit into a box."""


@dataclass(frozen=True)
class Box:
    """An identifier value, with its place in the picture."""

    identifier: str
    value: str
    # What fits into the box.
    shown: str
    x: int
    y: int


@dataclass(frozen=True)
class Line:
    """Two values that one row has, as the path of a line."""

    path: str
    # Where: of the first row, and how many there are.
    title: str


@dataclass(frozen=True)
class IdentityGraph:
    """The picture, in units of its own."""

    boxes: tuple[Box, ...]
    lines: tuple[Line, ...]
    width: int
    height: int
    # Values that are not in it.
    hidden: int


def identity_graph(explanation: Explanation) -> IdentityGraph:
    """Place the values of a profile: a column per identifier, a line per pair that a row has."""
    shown = explanation.identifiers[:MOST_VALUES]
    names = list(dict.fromkeys(one.identifier for one in shown))
    rows = dict.fromkeys(names, 0)
    boxes: dict[tuple[str, str], Box] = {}
    for one in shown:
        x, y = EDGE + COLUMN * names.index(one.identifier), EDGE + ROW * rows[one.identifier]
        rows[one.identifier] += 1
        boxes[one.identifier, one.value] = Box(one.identifier, one.value, _cut(one.value), x, y)
    lines = [
        _line(boxes[link.one], boxes[link.other], link)
        for link in explanation.links
        if link.one in boxes and link.other in boxes
    ]
    return IdentityGraph(
        tuple(boxes.values()),
        tuple(lines),
        2 * EDGE + COLUMN * max(len(names) - 1, 0) + WIDTH,
        2 * EDGE + ROW * (max(rows.values(), default=1) - 1) + HEIGHT,
        len(explanation.identifiers) - len(shown),
    )


def _cut(value: str) -> str:
    return value if len(value) <= LONGEST else f"{value[: LONGEST - 1]}…"


def _line(one: Box, other: Box, link: IdentifierLink) -> Line:
    left, right = sorted((one, other), key=lambda box: box.x)
    begin, end = left.x + WIDTH, right.x
    if left.x == right.x:
        begin = end = left.x + WIDTH
    middle = max((begin + end) // 2, begin + EDGE)
    tops = [box.y + HEIGHT // 2 for box in (left, right)]
    path = f"M{begin} {tops[0]} C{middle} {tops[0]} {middle} {tops[1]} {end} {tops[1]}"
    rows = "1 row" if link.rows == 1 else f"{link.rows} rows"
    return Line(path, f"{link.first.file}:{link.first.line}, {rows}")
