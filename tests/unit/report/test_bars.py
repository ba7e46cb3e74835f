import re
from concurrent.futures import ThreadPoolExecutor

from runner.events import Event
from runner.report.bars import Bars
from tests.unit.report.samples import memory_console


def drawn(*events, started=None):
    """Return the lines of the last frame."""
    console, text = memory_console(is_terminal=True)
    bars = Bars(console)
    if started:
        bars.start(started)
    for event in events:
        bars.show(event)
    bars._progress.refresh()
    frame = text().split("\x1b[?25l")[-1].split("\x1b[2K")[-1]
    bars.close()
    return [line.rstrip() for line in frame.strip("\r\n").splitlines()]


def test_bytes_rows_and_unknown_totals_are_told_in_their_unit():
    lines = drawn(
        Event("progress", "a.csv", done=1_500_000, total=4_000_000),
        Event("progress", "webshop.orders", done=10_000, total=20_000, unit="rows"),
        Event("progress", "webshop.vip", done=12_345, unit="rows"),
        started="vip",
    )
    text = "\n".join(lines)
    assert "1.5 MB of 4.0 MB" in text
    assert "10,000 of 20,000 rows" in text
    assert "12,345 rows" in text
    assert re.search(r"vip .* \d\.\d\ds", lines[0])


def test_lines_stay_within_80_cells():
    lines = drawn(
        Event("progress", "x" * 70 + ".csv", done=1, total=4),
        Event("progress", "r" * 70, done=1_000_000, total=10_000_000, unit="rows"),
    )
    assert all(len(line) <= 80 for line in lines)
    assert any("…" in line and ".csv" in line for line in lines)
    assert any("1,000,000 of 10,000,000 rows" in line for line in lines)


def test_complete_work_has_no_bar():
    bars = Bars(memory_console(is_terminal=True)[0])
    bars.show(Event("progress", "a.csv", done=1, total=4))
    bars.show(Event("progress", "b.csv", done=1, total=4))
    bars.show(Event("progress", "a.csv", done=4, total=4))
    assert [task.description for task in bars._progress.tasks] == ["b.csv"]
    bars.remove("b.csv")
    bars.remove("never shown")
    assert bars._progress.tasks == []
    bars.close()


def test_progress_of_a_started_node_takes_its_bar():
    bars = Bars(memory_console(is_terminal=True)[0])
    bars.start("webshop.vip")
    bars.show(Event("progress", "webshop.vip", done=1, total=4, unit="rows"))
    (task,) = bars._progress.tasks
    assert (task.completed, task.total, task.fields["unit"]) == (1, 4, "rows")
    bars.close()


def test_threads_share_the_bars():
    bars = Bars(memory_console(is_terminal=True)[0])

    def fetch(number):
        for done in range(1, 51):
            bars.show(Event("progress", f"{number}.csv", done=done, total=50))

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(fetch, range(8)))
    assert bars._progress.tasks == []
    bars.close()
