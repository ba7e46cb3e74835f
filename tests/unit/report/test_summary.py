from dataclasses import replace

import pytest

from runner.report.summary import show_summary
from tests.unit.report.samples import (
    BUILD,
    EXPORT,
    FAILED,
    MODEL,
    ORDERS,
    PASSED,
    SKIPPED,
    UNCHANGED,
    VIP,
    WARNED,
    book,
    build,
    memory_console,
)


def summary(result, is_quiet=False, is_terminal=True, is_verbose=False):
    console, shown = memory_console(is_terminal)
    lines = {("connections/webshop.yml", 71): "    max_rejects: 10"}
    show_summary(console, result, lambda file, line: lines.get((file, line)), is_quiet, is_verbose)
    return [line.rstrip() for line in shown().splitlines()]


def test_a_build_is_told_in_full():
    assert summary(BUILD) == [
        "",
        "Imports",
        "  webshop.orders  12.4s",
        "    rows      1,682 created, 8,198 updated, 12 duplicate, 120 filtered,",
        "              9 unmatched",
        "    profiles  1,682 created, 311 updated",
        "    rejects   4 lines and values set aside",
        "    source       file                     lines  records  rejected  blank",
        "    order_lines  out/orders_2026-01.csv  10,023   10,021         1      0",
        "    customers    out/customers.csv        2,001    1,997         0      3",
        "    customers     14 keys without a partner; 14 of 2,000 lines unused",
        "    postal_codes  10,021 keys without a partner; 400 of 400 lines unused",
        "  runner rejects --build 20261124T120000000Z lists the 4 set aside",
        "Models    1 model built, 1 test passed",
        "Segments  vip 1,320",
        "Exports   webshop.vip: 1,300 of 1,320 members,",
        "          in/segments/vip_20261124.csv: 1,300 rows 41.2 kB",
        "",
        "The warehouse is published: 2,010 profiles.",
        "Target local, build 20261124T120000000Z, 14.2s.",
        "Done. PASS=5 WARN=0 ERROR=0 SKIP=0 TOTAL=5",
    ]


def test_r7_outcomes_are_told_in_their_order_whatever_order_they_came_in():
    backwards = dict(reversed(ORDERS.outcomes.items()))
    assert summary(build(replace(ORDERS, outcomes=backwards))) == summary(build(ORDERS))


OTHER = replace(UNCHANGED, name="webshop.subscribers")
NOTHING_NEW = "Nothing new to import: no row was applied, the profiles are as they were."


def test_a_second_build_says_that_nothing_is_new():
    assert summary(build(UNCHANGED, OTHER))[1:3] == [NOTHING_NEW, ""]
    assert summary(build(UNCHANGED, OTHER), is_verbose=True)[1:5] == [
        "Imports",
        "  webshop.orders  nothing new: 6 files imported before",
        "  webshop.subscribers  nothing new: 6 files imported before",
        NOTHING_NEW,
    ]


def test_goals_without_news_are_counted_beside_one_with_news():
    lines = summary(build(UNCHANGED, OTHER, replace(ORDERS, name="webshop.other")))
    assert lines[1:3] == ["Imports", "  webshop.other  12.4s"]
    assert "  nothing new for 2 other goals" in lines
    assert not any("webshop.orders" in line for line in lines)
    assert summary(build(UNCHANGED, FAILED))[1] == "nothing new for 1 goal"


@pytest.mark.parametrize(
    "message",
    [
        "no file is ready",
        "no file matches out/*.csv",
        "nothing new: 1 file imported before; 1 waiting",
    ],
)
def test_a_goal_whose_file_is_missing_or_waits_says_so(message):
    lines = summary(build(UNCHANGED, replace(OTHER, message=message)))
    assert lines[1:3] == ["Imports", f"  webshop.subscribers  {message}"]


def test_a_failed_goal_tells_its_error_at_its_line_and_no_rows():
    lines = summary(build(FAILED, published=False))
    assert "Imports" not in lines
    start = lines.index("Errors")
    assert lines[start:] == [
        "Errors",
        "  ERROR import webshop.subscribers",
        "    connections/webshop.yml:71:5: too many rejects",
        "        raise the limit",
        "       71 |     max_rejects: 10",
        "          |     ^",
        "",
        "The warehouse is NOT published: the last good one stays.",
        "Target local, build 20261124T120000000Z, 14.2s.",
        "Done. PASS=0 WARN=0 ERROR=1 SKIP=0 TOTAL=1",
    ]
    assert not any("77" in line for line in lines)


def test_rejects_of_a_failed_goal_are_not_pointed_at_for_they_are_rolled_back():
    assert not any("runner rejects" in line for line in summary(build(replace(FAILED, rejects=12))))


def test_r3_a_link_without_any_partner_is_red_and_one_with_some_yellow():
    console, shown = memory_console(is_terminal=True, use_colors=True)
    show_summary(console, build(ORDERS))
    assert "\x1b[33m14 keys without a partner" in shown()
    assert "\x1b[31m10,021 keys without a partner" in shown()


def test_a_place_that_the_message_lacks_is_put_before_it():
    told = replace(FAILED, message="too many rejects")
    assert "    connections/webshop.yml:71:5: too many rejects" in summary(build(told))


def test_warnings_of_the_build_of_goals_and_of_tests_are_told_together():
    warned = replace(ORDERS, warnings=("a file changed",))
    lines = summary(build(warned, WARNED, warnings=("1 file refused",)))
    start = lines.index("Warnings")
    assert lines[start + 1 : start + 4] == [
        "  1 file refused",
        "  import webshop.orders: a file changed",
        "  test not_null_city: 3 rows fail",
    ]
    assert lines[-1] == "Done. PASS=1 WARN=3 ERROR=0 SKIP=0 TOTAL=2"


def test_skipped_nodes_tell_why():
    lines = summary(build(MODEL, SKIPPED))
    assert "Models    1 model built, 1 skipped" in lines
    assert "  model mart: stg did not succeed" in lines
    assert lines[-1] == "Done. PASS=1 WARN=0 ERROR=0 SKIP=1 TOTAL=2"


def test_a_build_that_is_not_published_without_failure_says_so():
    assert "The warehouse stays as it was." in summary(build(PASSED, published=False))


def test_quiet_tells_errors_and_warnings_only():
    assert summary(BUILD, is_quiet=True) == []
    lines = summary(build(ORDERS, FAILED, WARNED), is_quiet=True)
    assert [line for line in lines if line and not line.startswith(" ")] == ["Warnings", "Errors"]


def test_one_cause_is_one_message_however_many_nodes_it_touches():
    down = replace(FAILED, message="connection 'webshop': cannot be reached", location=None)
    goals = [replace(down, name=f"webshop.{name}") for name in "abcde"]
    tests = [
        replace(
            SKIPPED,
            name=f"t{number}",
            kind="test",
            message="mart did not succeed",
            blocked_by="mart",
        )
        for number in range(9)
    ]
    warned = [replace(MODEL, name=name, warnings=("slow", "slow")) for name in ("m1", "m2")]
    lines = summary(build(*goals, SKIPPED, *tests, *warned), is_terminal=False)
    assert lines[lines.index("Warnings") + 1 :][:2] == ["  model m1, m2: slow", ""]
    start = lines.index("Errors")
    assert lines[start + 1 : start + 7] == [
        "  ERROR import webshop.a, webshop.b, webshop.c, webshop.d, webshop.e",
        "    connection 'webshop': cannot be reached",
        "",
        "Skipped",
        "  1 model, 9 tests: stg did not succeed",
        "",
    ]


def test_many_files_are_told_by_source_and_those_with_rejects_alone():
    files = [book("lines", f"out/{day}.csv", 1001, rejected=day == 7) for day in range(365)]
    files.append(book("products", "ref/products.csv", 91))
    lines = summary(build(replace(ORDERS, files=tuple(files), links=())))
    start = lines.index("    source    file         lines  records  rejected  blank")
    assert lines[start + 1 : start + 4] == [
        "    lines     365 files  365,365  364,999         1      0",
        "    products  1 file          91       90         0      0",
        "    lines     out/7.csv    1,001      999         1      0",
    ]


def test_more_files_with_rejects_than_are_told_are_counted():
    files = tuple(book("lines", f"out/{day}.csv", 11, rejected=1) for day in range(20))
    text = "\n".join(summary(build(replace(ORDERS, files=files))))
    assert "8 more files with rejected lines" in text


def test_an_export_of_nothing_new_and_one_of_all_members():
    same = replace(EXPORT, status="unchanged", exported=())
    whole = replace(EXPORT, members=1300, name="webshop.all")
    lines = summary(build(same, whole))
    assert lines[1:3] == [
        "Exports   webshop.all, in/segments/vip_20261124.csv: 1,300 rows 41.2 kB",
        "          nothing new for 1 goal",
    ]


@pytest.mark.parametrize("is_terminal", [True, False])
def test_hostile_names_cannot_rule_the_terminal(is_terminal):
    bad = "\x1b[2J[red]\nDone. PASS=1"
    nodes = [
        replace(node, name=bad, message=bad, warnings=(bad,))
        for node in (ORDERS, UNCHANGED, FAILED, MODEL, VIP, PASSED, WARNED, SKIPPED)
    ]
    nodes.append(replace(EXPORT, exported=(replace(EXPORT.exported[0], path=bad),)))
    nodes[0] = replace(nodes[0], files=(book(bad, bad, 3),))
    result = build(*nodes, warnings=(bad,), build_id=bad, target=bad)
    lines = summary(result, is_terminal=is_terminal)
    assert not any("\x1b" in line for line in lines)
    assert [line for line in lines if line.startswith("Done.")] == [lines[-1]]
    assert any("[red]" in line for line in lines)


@pytest.mark.parametrize("width", ["60", "80", "200"])
def test_no_line_of_a_terminal_is_wider_than_it(monkeypatch, width):
    monkeypatch.setenv("COLUMNS", width)
    long = replace(ORDERS, files=(book("lines", "out/" + "x" * 120 + ".csv", 3),), rejects=0)
    assert max(len(line) for line in summary(build(long, FAILED, VIP, EXPORT))) <= int(width)


def test_b6_import_that_left_a_file_is_no_success():
    """What a person reads, the tally and the exit code are one fact."""
    left = replace(ORDERS, exit_code=1, message="1 file is left: out/b.csv", warnings=("b.csv: x",))
    result = build(left, MODEL)
    lines = summary(result)
    assert lines[-1] == "Done. PASS=1 WARN=1 ERROR=1 SKIP=0 TOTAL=2"
    start = lines.index("Errors")
    assert lines[start : start + 3] == [
        "Errors",
        "  INCOMPLETE import webshop.orders",
        "    1 file is left: out/b.csv",
    ]
    assert (left.status, result.exit_code) == ("incomplete", 1)
    assert "Errors" in summary(result, is_quiet=True)


def test_b6_stopped_build_is_not_done():
    assert summary(build(MODEL, stopped=True))[-1].startswith("Stopped. PASS=1 ")
