import pytest

from runner.explain.explanation import Contribution, ExplainedValue, Explanation, LineOrigin
from runner.report.explanation import MOST_LINES, show_explanation
from tests.unit.report.samples import memory_console


def line(number, effect, reason=""):
    return Contribution(
        origin=LineOrigin("shop.orders", "orders.csv", number, "b1"),
        others=(),
        joined_to=None,
        strategy="set_if_empty",
        texts={},
        text="Rome",
        value="Rome",
        effect=effect,
        reason=reason,
    )


def shown(contributions, *, shows_all):
    console, text = memory_console()
    value = ExplainedValue("city", "Rome", tuple(contributions), (), ())
    explanation = Explanation(
        values=(value,), identifiers=(), links=(), merges=(), left_out=(), notes=()
    )
    show_explanation(console, explanation, shows_all)
    return text()


def test_line_that_sets_a_value_is_shown_before_many_that_are_not_used():
    later = [line(number, "not used", "it had a value already") for number in range(3, 90)]
    text = shown([line(2, "sets"), *later], shows_all=False)
    assert "sets      Rome  orders.csv:2" in text
    assert "not used  87 lines, the last: Rome  orders.csv:89" in text
    assert text.count("orders.csv") == 2


@pytest.mark.parametrize("effect", ["counts", "not used"])
def test_property_that_is_asked_for_has_all_its_lines(effect):
    many = [line(number, effect) for number in range(2, MOST_LINES + 10)]
    text = shown(many, shows_all=True)
    assert text.count("orders.csv") == len(many)


def test_lines_that_are_left_out_are_counted():
    text = shown([line(number, "counts") for number in range(2, MOST_LINES + 5)], shows_all=False)
    assert "3 earlier lines; --explain city shows all" in text
    assert text.count("orders.csv") == MOST_LINES
