import pytest
from rich.cells import cell_len

from runner.errors import (
    DefinitionError,
    Fault,
    Location,
    RemoteError,
    RunnerError,
    UsageError,
    disk_error,
)
from runner.report.errors import show_error
from tests.unit.report.samples import memory_console

LINES = {
    1: "connection: webshop",
    2: "\tidentfy: {}",
    3: "  password: hunter2",
    4: "  password: \"{{ env_var('PW') }}\"",
    5: "名前: wrong",
    6: "x" * 60 + " wrong " + "y" * 100,
    7: "evil: \x1b[2J",
    8: "",
    9: 'options: {secret: "hunter2", region: eu}',
    10: "host_key: ssh-ed25519 AAAA",
    11: "      indented: 1",
}


def read_line(file, line):
    return LINES.get(line) if file == "c.yml" else None


def shown(error, reader=read_line, **terminal):
    console, text = memory_console(**terminal)
    show_error(console, error, reader)
    return text()


def told_at(line, column, message="wrong"):
    return shown(RunnerError(message, Location("c.yml", line, column))).splitlines()


def test_an_error_has_its_place_line_caret_and_hint():
    error = RemoteError("webshop: no server", Location("c.yml", 1, 13), "check host and port")
    assert shown(error) == (
        "error: c.yml:1:13: webshop: no server\n"
        "    1 | connection: webshop\n"
        "      |             ^\n"
        "  hint: check host and port\n"
    )


def test_an_error_without_a_place_is_its_message():
    assert shown(RunnerError("no room")) == "error: no room\n"


def test_a_file_that_cannot_be_read_leaves_the_location():
    assert shown(RunnerError("x", Location("gone.yml", 3, 4))) == "error: gone.yml:3:4: x\n"
    assert told_at(8, 1) == ["error: c.yml:8:1: wrong"]
    assert told_at(99, 1) == ["error: c.yml:99:1: wrong"]


def test_all_faults_are_shown_and_counted():
    faults = [
        Fault(Location("c.yml", 2, 2), "unknown key"),
        Fault(Location("c.yml", 1, 1), "first"),
    ]
    lines = shown(DefinitionError(faults)).splitlines()
    assert lines[0] == "error: c.yml:1:1: first"
    assert lines[3] == "error: c.yml:2:2: unknown key"
    assert lines[-1] == "2 errors"
    assert shown(DefinitionError(faults[:1])).endswith("\n1 error\n")


@pytest.mark.parametrize(
    ("line", "column", "under"),
    [(2, 2, "identfy"), (5, 5, "wrong"), (6, 62, "wrong"), (11, 1, "indented")],
)
def test_the_caret_stands_under_the_column(line, column, under):
    _, source, caret = told_at(line, column)
    assert cell_len(source[: source.index(under)]) == caret.index("^")
    assert cell_len(source) <= 80


def test_a_secret_is_never_shown():
    for line in (3, 9):
        text = "\n".join(told_at(line, 3))
        assert "hunter2" not in text
        assert "***" in text
    assert "env_var('PW')" in told_at(4, 3)[1]
    assert "AAAA" in told_at(10, 1)[1]


@pytest.mark.parametrize(
    ("lines", "at", "hidden", "expected"),
    [
        (["host: sftp://user:hunter2@acme.example/in"], 1, "hunter2", "sftp://user:***@acme"),
        (["host: 'user:hunter2@acme.example'"], 1, "hunter2", "user:***@acme"),
        (["  private_key: |", "    hunter2", "    more"], 3, "more", "***"),
        (["webhooks:", "  - https://hunter2.example"], 2, "hunter2", "***"),
        (["  options:", "    key: hunter2"], 2, "hunter2", "key: ***"),
        (["  options: {key: hunter2}"], 1, "hunter2", "options: {key: ***"),
        (["x:", "    TUM0Q0FRQXdCUVlESzJWd0JDSUVJTkhVTlRFUjI="], 2, "TUM0", "***"),
        (["key:", "  - EMAIL"], 2, "***", "- EMAIL"),
        (["key: EMAIL"], 1, "***", "key: EMAIL"),
        (["key: [EMAIL, NAME]"], 1, "***", "key: [EMAIL, NAME]"),
        (["password:", "  \"{{ env_var('PW') }}\""], 2, "***", "env_var('PW')"),
        (["options:", "  anon: true"], 2, "***", "anon: true"),
    ],
)
def test_secret_is_hidden_and_columns_and_calls_are_not(lines, at, hidden, expected):
    error = RunnerError("bad", Location("c.yml", at, 1))
    source = shown(error, lambda _, line: lines[line - 1]).splitlines()[1]
    assert expected in source
    assert hidden not in source


def test_a_caret_in_a_hidden_value_points_at_its_mask_or_nowhere():
    assert told_at(3, 13)[2].index("^") == told_at(3, 13)[1].index("***")
    assert len(told_at(3, 19)) == 2


def test_hostile_text_cannot_rule_the_terminal():
    text = "\n".join(told_at(7, 1, "bad \x1b[31m[red]name"))
    assert "\x1b" not in text
    assert "bad \\x1b[31m[red]name" in text


def test_the_message_of_a_terminal_is_wrapped_and_coloured():
    error = RunnerError("word " * 20)
    first, second = shown(error, is_terminal=True, use_colors=True).splitlines()
    assert first.startswith("\x1b[1;31merror: \x1b[0mword ")
    assert second.startswith("  word")


def test_deleted_current_directory_is_an_error_of_the_command_line():
    error = disk_error(FileNotFoundError(2, "No such file or directory"))
    assert isinstance(error, UsageError)
    assert "the current directory is not there any more" in error.message
