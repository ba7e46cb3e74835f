from runner.explain.explanation import (
    ExplainedIdentifier,
    Explanation,
    IdentifierLink,
    LineOrigin,
)
from runner.web.identity_graph import COLUMN, LONGEST, MOST_VALUES, ROW, identity_graph

LINE = LineOrigin("shop.people", "people.csv", 7, "1")


def explanation(values, links=()):
    identifiers = tuple(ExplainedIdentifier(*value, LINE, 1) for value in values)
    found = tuple(IdentifierLink(one, other, LINE, rows) for one, other, rows in links)
    return Explanation((), identifiers, found, (), (), ())


def test_identifiers_are_columns_and_rows_with_two_values_are_lines():
    an, bo, card = ("email", "an@x"), ("email", "bo@x"), ("card", "1")
    graph = identity_graph(explanation([an, bo, card], [(an, card, 1), (card, bo, 2)]))
    places = {box.value: (box.x, box.y) for box in graph.boxes}
    assert places["bo@x"] == (places["an@x"][0], places["an@x"][1] + ROW)
    assert places["1"] == (places["an@x"][0] + COLUMN, places["an@x"][1])
    assert [line.title for line in graph.lines] == ["people.csv:7, 1 row", "people.csv:7, 2 rows"]
    assert graph.hidden == 0


def test_many_and_long_values_are_cut():
    values = [("email", f"{number:0>50}") for number in range(MOST_VALUES + 3)]
    graph = identity_graph(explanation(values, [(values[0], values[-1], 1)]))
    assert (len(graph.boxes), graph.lines, graph.hidden) == (MOST_VALUES, (), 3)
    assert all(len(box.shown) == LONGEST for box in graph.boxes)


def test_profile_without_identifiers_has_an_empty_graph():
    assert identity_graph(explanation([])).boxes == ()
