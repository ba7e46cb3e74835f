"""The examples for CI and for a container are well formed, and their commands exist."""

import json
import re
import shlex
from pathlib import Path

import click
import pytest
import yaml

from runner.cli.main import COMMANDS, main

EXAMPLES = Path(__file__).parents[2] / "docs" / "examples"
INSTRUCTIONS = {
    "FROM", "RUN", "COPY", "WORKDIR", "VOLUME", "USER", "ENV", "STOPSIGNAL", "HEALTHCHECK", "ENTRYPOINT", "CMD",
}  # fmt: skip


def instructions():
    """Return the instructions of the Dockerfile, lines joined, comments left out."""
    text = (EXAMPLES / "Dockerfile").read_text("utf-8")
    lines = "\n".join(line for line in text.splitlines() if not line.startswith("#"))
    joined = lines.replace("\\\n", " ")
    return [tuple(line.split(None, 1)) for line in joined.splitlines() if line.strip()]


def commands():
    """Return the words of each command of runner in the examples."""
    found = []
    for name in ("github.yml", "gitlab-ci.yml"):
        text = (EXAMPLES / name).read_text("utf-8")
        found += re.findall(r"^ *- (?:run: )?(runner .*)$", text, re.MULTILINE)
    told = dict(instructions())
    entry = json.loads(told["ENTRYPOINT"]) + json.loads(told["CMD"])
    return [*(shlex.split(re.sub(r" >>? .*", "", line)) for line in found), entry]


@pytest.mark.parametrize("words", commands(), ids=" ".join)
def test_command_of_an_example_exists_with_its_options(words):
    assert words[0] == "runner"
    assert words[1] in COMMANDS
    command = main.get_command(click.Context(main), words[1])
    context = command.make_context(words[1], list(words[2:]))
    assert context.params


@pytest.mark.parametrize("name", ["github.yml", "gitlab-ci.yml"])
def test_example_for_ci_is_yaml_with_commands_and_artifacts(name):
    text = (EXAMPLES / name).read_text("utf-8")
    assert yaml.safe_load(text)
    assert text.count("runner build") >= 2
    assert "target/run_results.json" in text


def test_artifacts_of_ci_hold_no_warehouse_and_no_staged_file():
    github = yaml.safe_load((EXAMPLES / "github.yml").read_text("utf-8"))
    gitlab = yaml.safe_load((EXAMPLES / "gitlab-ci.yml").read_text("utf-8"))
    kept = github["jobs"]["build"]["steps"][-1]["with"]["path"].split()
    expected = {"build.log", "target/manifest.json", "target/run_results.json", "target/compiled"}
    assert set(kept) == set(gitlab[".runner"]["artifacts"]["paths"]) == expected


def test_dockerfile_has_instructions_that_exist_and_begins_with_an_image():
    names = [name for name, _ in instructions()]
    assert set(names) <= INSTRUCTIONS
    assert names[0] == "FROM"
    assert names.count("ENTRYPOINT") == names.count("CMD") == 1


def test_container_runs_as_a_user_without_rights_who_gets_the_signal_itself():
    told = instructions()
    names = [name for name, _ in told]
    user = dict(told)["USER"]
    assert user.isdigit()
    assert int(user) > 0
    assert names.index("USER") < names.index("ENTRYPOINT")
    assert not {"RUN", "COPY"} & set(names[names.index("USER") :])
    # The form without a shell: runner is process 1 and gets SIGTERM.
    assert dict(told)["ENTRYPOINT"].startswith("[")
    assert f"useradd --uid {user} " in "\n".join(rest for _, rest in told)


def test_health_check_asks_the_port_that_is_served():
    told = dict(instructions())
    port = json.loads(told["CMD"])[json.loads(told["CMD"]).index("--health-port") + 1]
    check = json.loads(told["HEALTHCHECK"].partition("CMD ")[2])
    assert f"127.0.0.1:{port}/health" in check[-1]
    compile(check[-1], "health check", "exec")
