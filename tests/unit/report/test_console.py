import io
import re
import sys
from dataclasses import replace

import pytest

from runner.events import Event
from runner.report.console import ConsoleReporter
from tests.unit.report.samples import (
    EXPORT,
    FAILED,
    MODEL,
    ORDERS,
    PASSED,
    SKIPPED,
    UNCHANGED,
    VIP,
    WARNED,
    memory_console,
)


def shown(*events, is_quiet=False, is_terminal=False, is_brief=False):
    console, text = memory_console(is_terminal)
    with ConsoleReporter(console, is_quiet, is_brief) as report:
        for event in events:
            report(event)
    return text()


def finished(node, done=1, total=6):
    return Event("finished", node.name, node.message, done, total, fields={"result": node})


@pytest.mark.parametrize(
    ("node", "head", "tail"),
    [
        (ORDERS, "OK import webshop.orders", "[1,682 created, 8,198 updated in 12.4s]"),
        (UNCHANGED, "OK import webshop.orders", "[nothing new in 0.00s]"),
        (FAILED, "ERROR import webshop.subscribers", "[ERROR in 0.20s]"),
        (MODEL, "OK model stg_orders", "[10,000 rows in 0.03s]"),
        (VIP, "OK segment vip", "[1,320 members in 0.10s]"),
        (PASSED, "PASS test unique_email", "[PASS in 0.01s]"),
        (WARNED, "WARN test not_null_city", "[3 rows in 0.01s]"),
        (SKIPPED, "SKIP model mart", "[SKIP]"),
        (EXPORT, "OK export webshop.vip", "[1,300 rows in 0.30s]"),
    ],
)
def test_a_finished_node_is_one_line_of_80_cells(node, head, tail):
    line = shown(finished(node))
    assert line.startswith(f"1 of 6 {head} ...")
    assert line.endswith(f" {tail}\n")
    assert len(line) == 81


def test_a_goal_that_applied_nothing_tells_what_became_of_its_rows():
    node = replace(ORDERS, outcomes={"unchanged": 9880, "duplicate": 2})
    assert "[9,880 unchanged, 2 duplicate in" in shown(finished(node))
    assert "[no rows in" in shown(finished(replace(ORDERS, outcomes={"created": 0})))


def test_positions_are_aligned():
    lines = shown(finished(MODEL, 9, 10), finished(MODEL, 10, 10)).splitlines()
    assert [line[:9] for line in lines] == [" 9 of 10 ", "10 of 10 "]


def test_a_started_node_has_a_line():
    line = shown(Event("started", "vip", done=2, total=6, fields={"kind": "segment"}))
    assert line.startswith("2 of 6 START segment vip ....")
    assert line.endswith(" [RUN]\n")


def test_on_a_terminal_a_started_node_is_drawn_until_it_is_finished():
    text = shown(Event("started", "vip"), finished(VIP), is_terminal=True)
    assert "START" not in text
    assert "vip" in text.split("OK segment vip")[0].split("1 of 6")[0]
    assert "--:--" not in text.split("OK segment vip")[1]


def test_a_long_name_pushes_the_line_over_its_width_and_loses_nothing():
    line = shown(finished(replace(MODEL, name="m" * 90)))
    assert line == f"1 of 6 OK model {'m' * 90} ... [10,000 rows in 0.03s]\n"


def test_an_event_without_a_result_tells_its_status_and_message():
    event = Event("finished", "webshop", "no server", status="error", fields={"seconds": 2.0})
    assert shown(event).startswith("ERROR webshop ...")
    assert shown(event).endswith(" [no server in 2.00s]\n")


def test_phases_notes_and_warnings_are_lines():
    text = shown(
        Event("phase", "stage", "finding files"),
        Event("note", "", "replaying"),
        Event("warning", "webshop", "one\ntwo"),
    )
    assert text == "Finding files\nreplaying\nwarning: webshop: one\n  two\n"


def test_quiet_leaves_warnings_and_failures():
    events = [
        Event("phase", "stage", "finding files"),
        Event("started", "vip"),
        Event("progress", "a.csv", done=1, total=2),
        Event("note", "", "replaying"),
        finished(ORDERS),
        finished(FAILED),
        Event("warning", "", "careful"),
    ]
    lines = shown(*events, is_quiet=True, is_terminal=True).splitlines()
    assert len(lines) == 2
    assert "ERROR import webshop.subscribers" in lines[0]
    assert lines[1] == "warning: careful"


BRIEF = (
    Event("note", "build", fields={"build_id": "b1"}),
    Event("phase", "model", "running models"),
    Event("started", "vip"),
    *map(finished, (ORDERS, UNCHANGED, FAILED, MODEL, VIP, PASSED, WARNED, SKIPPED, EXPORT)),
    Event("warning", "", "careful"),
)


@pytest.mark.parametrize("is_terminal", [False, True])
def test_brief_shows_goals_with_news_and_what_went_wrong(is_terminal):
    text = shown(*BRIEF, is_brief=True, is_terminal=is_terminal)
    nodes = re.findall(r"1 of 6 .*?(?= \.\.\.)", text)
    assert nodes == [
        "1 of 6 OK import webshop.orders",
        "1 of 6 ERROR import webshop.subscribers",
        "1 of 6 WARN test not_null_city",
        "1 of 6 OK export webshop.vip",
    ]
    assert "Running models" in text
    assert "START" not in text
    assert "careful" not in text


def test_brief_shows_warnings_where_an_error_ends_the_build_before_its_summary():
    console, text = memory_console()
    report = ConsoleReporter(console, is_brief=True)
    report(Event("warning", "", "careful"))
    report.__exit__(ValueError)
    assert text() == "warning: careful\n"


def test_progress_is_drawn_on_a_terminal_only():
    event = Event("progress", "out/orders.csv", done=1_500_000, total=4_000_000)
    assert shown(event) == ""
    assert "1.5 MB of 4.0 MB" in shown(event, is_terminal=True)


def test_the_bar_is_gone_when_the_reporter_is_closed():
    text = shown(Event("progress", "a.csv", done=1, total=4), is_terminal=True)
    assert text.count("\x1b[?25l") == text.count("\x1b[?25h") == 1
    assert text.endswith("\r\x1b[2K\x1b[?25h\r")


def test_standard_output_is_not_redirected_while_bars_are_drawn(monkeypatch):
    out = io.StringIO()
    monkeypatch.setattr("sys.stdout", out)
    console, text = memory_console(is_terminal=True)
    with ConsoleReporter(console) as report:
        report(Event("progress", "a.csv", done=1, total=4))
        sys.stdout.write("a result")
    assert out.getvalue() == "a result"
    assert "a result" not in text()


def test_hostile_names_and_messages_cannot_rule_the_terminal():
    bad = "\x1b]0;x\x07[red]\r\nerror: fake"
    text = shown(
        Event("phase", bad, bad),
        Event("started", bad),
        Event("warning", bad, bad),
        Event("note", "", bad),
        finished(replace(MODEL, name=bad)),
        Event("finished", bad, bad),
        is_quiet=False,
    )
    assert "\x1b" not in text
    assert "\x07" not in text
    assert "[red]" in text
    assert not [line for line in text.splitlines() if line.startswith("error: fake")]
