"""The log of a build on its page."""

from runner.web.build_log import LogLine, last_lines

LOG = """\
{"ts": "2026-11-29T19:21:18.9Z", "level": "info", "kind": "phase", "name": "stage", "message": "x"}
{"ts": "2026-11-29T19:21:19.0Z", "level": "debug", "kind": "progress", "name": "a.csv"}
{"ts": "2026-11-29T19:21:20.0Z", "level": "error", "kind": "error", "message": "no\\nway", "location": "a:1"}
[1]
{"ts": "2026-11-29T19:2"""


def test_events_are_lines_without_progress_and_what_a_kill_left(tmp_path):
    path = tmp_path / "log.jsonl"
    path.write_text(LOG)
    assert last_lines(path) == [
        LogLine("19:21:18", "info", "phase stage x"),
        LogLine("19:21:20", "error", "error no way a:1"),
    ]
    assert last_lines(tmp_path / "gone.jsonl") == []
