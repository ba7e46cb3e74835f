"""What a shell completes."""

import pytest
from click.shell_completion import ShellComplete
from click.testing import CliRunner

from runner.cli.main import main


def completed(*words):
    *given, begun = words
    shell = ShellComplete(main, {}, "runner", "_RUNNER_COMPLETE")
    return [item.value for item in shell.get_completions(list(given), begun)]


@pytest.fixture(autouse=True)
def project(tmp_path, monkeypatch):
    (tmp_path / "models/segments").mkdir(parents=True)
    (tmp_path / "models/segments/vip.sql").write_text("select 1 as profile_id")
    targets = "targets: {local: {}, prod: {}}\n"
    (tmp_path / "runner_project.yml").write_text(f"name: shop\n{targets}")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_commands_options_targets_and_nodes_are_completed():
    assert completed("com") == ["compile", "completion"]
    assert completed("build", "--ful") == ["--full-refresh"]
    assert completed("build", "--target", "p") == ["prod"]
    assert completed("build", "--select", "v") == ["vip"]
    assert completed("build", "--select", "2+v") == ["2+vip"]
    assert completed("build", "--select", "st") == ["state:"]


def test_nothing_is_said_where_there_is_no_project(project):
    (project / "runner_project.yml").unlink()
    assert completed("build", "--select", "v") == []
    assert completed("build", "--target", "p") == []


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_script_of_a_shell_is_printed(shell):
    ended = CliRunner().invoke(main, ["completion", shell])
    assert ended.exit_code == 0, ended.output
    assert "_RUNNER_COMPLETE" in ended.output
