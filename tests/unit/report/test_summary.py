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


def summary(result, is_quiet=False, is_terminal=True):
    console, shown = memory_console(is_terminal)
    lines = {("connections/webshop.yml", 71): "    max_rejects: 10"}
    show_summary(console, result, lambda file, line: lines.get((file, line)), is_quiet)
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
        "  What was set aside, with file, line and reason:",
        "    runner rejects --build 20261124T120000000Z",
        "",
        "Models and tests",
        "  models   1 built",
        "  tests    1 passed",
        "",
        "Segments",
        "  vip  1,320 members",
        "",
        "Exports",
        "  webshop.vip  1,300 of 1,320 members",
        "    in/segments/vip_20261124.csv  1,300 rows  41.2 kB",
        "",
        "The warehouse is published: 2,010 profiles.",
        "Target local, build 20261124T120000000Z, 14.2s.",
        "Done. PASS=5 WARN=0 ERROR=0 SKIP=0 TOTAL=5",
    ]


def test_r7_outcomes_are_told_in_their_order_whatever_order_they_came_in():
    backwards = dict(reversed(ORDERS.outcomes.items()))
    assert summary(build(replace(ORDERS, outcomes=backwards))) == summary(build(ORDERS))


def test_a_second_build_says_that_nothing_is_new():
    other = replace(UNCHANGED, name="webshop.subscribers", message="no file to import")
    lines = summary(build(UNCHANGED, other))
    assert lines[1:5] == [
        "Imports",
        "  Nothing new to import: no row was applied, the profiles are as they were.",
        "  webshop.orders  nothing new: 6 files imported before",
        "  webshop.subscribers  no file to import",
    ]


def test_one_goal_with_news_is_enough_not_to_say_so():
    text = "\n".join(summary(build(UNCHANGED, replace(ORDERS, name="webshop.other"))))
    assert "Nothing new" not in text
    assert "nothing new: 6 files" in text


def test_a_failed_goal_tells_its_error_at_its_line_and_no_rows():
    lines = summary(build(FAILED, published=False))
    assert "  webshop.subscribers  failed, nothing of it was kept" in lines
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
    assert "  models   1 built, 1 skipped" in lines
    assert "  model mart: stg did not succeed" in lines
    assert lines[-1] == "Done. PASS=1 WARN=0 ERROR=0 SKIP=1 TOTAL=2"


def test_a_build_that_is_not_published_without_failure_says_so():
    assert "The warehouse stays as it was." in summary(build(PASSED, published=False))


def test_quiet_tells_errors_and_warnings_only():
    assert summary(BUILD, is_quiet=True) == []
    lines = summary(build(ORDERS, FAILED, WARNED), is_quiet=True)
    assert [line for line in lines if line and not line.startswith(" ")] == ["Warnings", "Errors"]


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
    whole = replace(EXPORT, rows=1320, name="webshop.all")
    lines = summary(build(same, whole))
    assert "  webshop.vip  nothing new to export" in lines
    assert "  webshop.all" in lines


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
