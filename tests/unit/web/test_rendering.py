"""Values in the pages of `runner serve` are text, whatever they hold."""

from datetime import UTC, datetime
from decimal import Decimal

from runner.errors import Location, RunnerError
from runner.history.records import BuildRecord
from runner.secret_values import SECRETS
from runner.web.rendering import environment, render

HOSTILE = "<script>alert(1)</script>\"'\u202e"


def test_values_are_escaped_and_turned_text_is_written_out():
    build = BuildRecord(HOSTILE, "local", HOSTILE, datetime(2026, 1, 2, tzinfo=UTC))
    page = render(
        "history.html",
        project=HOSTILE,
        builds=[build],
        longest=1,
        outcomes={},
        plots=[],
        is_partial=False,
    )
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;&#34;&#39;\\u202e" in page
    assert "\u202e" not in page
    assert "style=" not in page, "the policy of the page forbids it"
    assert "2026-01-02 00:00:00" in page


def test_lines_of_a_message_are_below_each_other_and_escaped():
    page = render(
        "message.html",
        project="p",
        is_partial=False,
        error=RunnerError(
            f"cannot be reached\n{HOSTILE}", Location(f"{HOSTILE}.yml", 1, 2), hint="wait"
        ),
    )
    assert "cannot be reached<br>&lt;script&gt;" in page
    assert "\u202e" not in page


def test_values_are_shown_as_by_commands():
    shown = environment().from_string(
        "{{ amount|value }}; {{ names|value }}; {{ is_on }}; {{ gone }}"
    )
    page = shown.render(amount=Decimal("41.7900000000"), names=["a", "<b>"], is_on=True, gone=None)
    assert page == "41.79; a, &lt;b&gt;; true; "


def test_secrets_are_hidden():
    SECRETS.add("hunter22-hunter22")
    build = BuildRecord("1", "local", "--vars hunter22-hunter22", datetime(2026, 1, 2, tzinfo=UTC))
    assert "hunter22" not in render(
        "history.html",
        project="x",
        builds=[build],
        longest=1,
        outcomes={},
        plots=[],
        is_partial=False,
    )


def test_outcomes_have_one_order_on_all_pages():
    build = BuildRecord("b", "local", "success", datetime(2026, 1, 2, tzinfo=UTC))
    page = render(
        "history.html",
        project="p",
        builds=[build],
        longest=1,
        outcomes={"b": {"rejected": 1, "other": 2, "filtered": 0, "updated": 3, "created": 4}},
        plots=[],
        is_partial=False,
    )
    assert "4 created, 3 updated, 1 rejected, 2 other" in page
