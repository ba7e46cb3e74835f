"""The examples for CI, containers and orchestrators are well formed, and their commands exist."""

import configparser
import json
import os
import re
import runpy
import shlex
import subprocess
import sys
from pathlib import Path
from types import ModuleType, SimpleNamespace

import click
import pytest
import yaml

from runner.cli.main import COMMANDS, main
from runner.errors import LockedError, RemoteError

TRIED_AGAIN = {LockedError.exit_code, RemoteError.exit_code}
"""Exit codes after which another try may help."""
FINAL = {1, 2}
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
    for name in ("github.yml", "github-plan.yml", "gitlab-ci.yml", "runner-build.sh"):
        text = (EXAMPLES / name).read_text("utf-8")
        found += re.findall(r"^ *(?:- )?(?:run: )?(runner .*)$", text, re.MULTILINE)
    told = dict(instructions())
    entry = json.loads(told["ENTRYPOINT"])
    return [
        *(shlex.split(re.sub(r" >>? .*", "", line)) for line in found),
        entry + json.loads(told["CMD"]),
        entry + container()["args"],
    ]


def job():
    """Return what a run of the CronJob is."""
    cron_job, _ = yaml.safe_load_all((EXAMPLES / "kubernetes.yml").read_text("utf-8"))
    return cron_job["spec"]["jobTemplate"]["spec"]


def container():
    (found,) = job()["template"]["spec"]["containers"]
    return found


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


def test_plan_of_a_pull_request_is_written_and_then_commented_by_people_who_may_write():
    workflow = yaml.safe_load((EXAMPLES / "github-plan.yml").read_text("utf-8"))
    # YAML 1.1 reads `on` as true.
    assert set(workflow[True]) == {"pull_request"}
    assert workflow["permissions"] == {"contents": "read", "pull-requests": "write"}
    job = workflow["jobs"]["plan"]
    assert job["if"].endswith("head.repo.full_name == github.repository")
    *_, plan, comment = job["steps"]
    (file,) = re.findall(r"> (\S+)$", plan["run"])
    assert f"--body-file {file}" in comment["run"]
    assert "--format markdown" in plan["run"]
    assert "--show-pii" not in plan["run"]
    # A plan of a build that would fail is commented too.
    assert comment["if"] == "always()"


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


def test_codes_that_are_tried_again_are_those_where_it_may_help():
    gitlab = yaml.safe_load((EXAMPLES / "gitlab-ci.yml").read_text("utf-8"))
    assert set(gitlab["exchange"]["retry"]["exit_codes"]) == TRIED_AGAIN
    final = job()["podFailurePolicy"]["rules"][-1]
    assert final["action"] == "FailJob"
    assert set(final["onExitCodes"]["values"]) == FINAL
    assert final["onExitCodes"]["containerName"] == container()["name"]
    service = systemd()["Service"]
    assert set(map(int, service["RestartPreventExitStatus"].split())) == FINAL
    assert service["Restart"] == "on-failure"


def systemd():
    units = configparser.ConfigParser(interpolation=None)
    units.optionxform = str  # type: ignore[assignment,method-assign]
    units.read(EXAMPLES / "systemd.conf", encoding="utf-8")
    return units


def test_pod_runs_as_the_user_of_the_image_and_writes_to_its_volumes_alone():
    pod = job()["template"]["spec"]
    user = pod["securityContext"]["runAsUser"]
    assert str(user) == dict(instructions())["USER"]
    mounted = {mount["name"]: mount["mountPath"] for mount in container()["volumeMounts"]}
    assert set(mounted) == {volume["name"] for volume in pod["volumes"]}
    assert mounted["target"] == dict(instructions())["VOLUME"]
    assert container()["securityContext"]["readOnlyRootFilesystem"]


def test_lines_of_the_crontab_are_settings_or_start_a_script_that_is_there():
    lines = (EXAMPLES / "crontab").read_text("utf-8").splitlines()
    jobs = [line.split(None, 5) for line in lines if re.match(r"[\d*]", line)]
    assert len(jobs) == 2
    for *when, command in jobs:
        assert all(re.fullmatch(r"\*|\d+(-\d+)?", field) for field in when)
        script, _connection = command.split()
        assert (EXAMPLES / Path(script).name).exists()
    others = [line for line in lines if not re.match(r"[\d*#]", line)]
    assert all(re.match(r"[A-Z_]+=\S", line) for line in others)


@pytest.mark.parametrize(
    ("codes", "expected"), [("0", 0), ("1 0", 1), ("2 0", 2), ("4 3 0", 0), ("4 4 4 0", 4)]
)
def test_script_tries_again_where_it_may_help(tmp_path, codes, expected):
    runner = tmp_path / "runner"
    runner.write_text('#!/bin/sh\nread -r code <&9\nexit "$code"\n', "utf-8")
    runner.chmod(0o755)
    (tmp_path / "codes").write_text("\n".join(codes.split()) + "\n", "utf-8")
    ended = subprocess.run(
        ["sh", "-c", 'exec sh "$0" webshop 9<codes', EXAMPLES / "runner-build.sh"],
        cwd=tmp_path,
        env={"PATH": f"{tmp_path}:{os.environ['PATH']}", "PAUSE": "0"},
        check=False,
    )
    assert ended.returncode == expected


class Again(Exception):
    """Asks for another try."""


class Final(Exception):
    """Asks for none."""


def airflow():
    """Return stand-ins for the modules that the DAG imports: decorators run what they are given."""

    def decorator(**_):
        return lambda function: function

    sdk = SimpleNamespace(dag=decorator, task=decorator)
    return {
        "pendulum": SimpleNamespace(datetime=lambda *_, **__: None),
        "airflow": ModuleType("airflow"),
        "airflow.sdk": sdk,
        "airflow.sdk.exceptions": SimpleNamespace(AirflowFailException=Final),
    }


def dagster():
    return {
        "dagster": SimpleNamespace(
            asset=lambda function: function,
            RetryRequested=lambda **_: Again(),
            Failure=lambda message, allow_retries: Final(message, allow_retries),
            ScheduleDefinition=dict,
            Definitions=dict,
        )
    }


@pytest.mark.parametrize(("code", "error"), [(1, Final), (2, Final), (3, 0), (4, 0), (-9, 0)])
@pytest.mark.parametrize("orchestrator", [airflow, dagster])
def test_task_asks_for_another_try_where_it_may_help(monkeypatch, orchestrator, code, error):
    file, again, task = {
        airflow: ("airflow_dag.py", RuntimeError, None),
        dagster: ("dagster_asset.py", Again, "profiles"),
    }[orchestrator]
    started = []

    def run(words, check):
        started.append(words)
        return SimpleNamespace(returncode=code)

    for name, module in orchestrator().items():
        monkeypatch.setitem(sys.modules, name, module)
    monkeypatch.setattr(subprocess, "run", run)

    def start():
        made = runpy.run_path(str(EXAMPLES / file))
        # A DAG calls its task where it is declared.
        made.get(task, lambda: None)()

    with pytest.raises(error or again):
        start()
    ((program, name, *options),) = started
    assert (program, name) == ("runner", "build")
    command = main.get_command(click.Context(main), name)
    assert command.make_context(name, options).params


def test_policy_for_a_bucket_has_the_rights_that_goals_need():
    """Listing is a right on the bucket, all else one on its objects; a rename copies and removes."""
    policy = json.loads((EXAMPLES / "s3-policy.json").read_text("utf-8"))
    rights = {part["Sid"]: (part["Action"], part["Resource"]) for part in policy["Statement"]}
    assert rights == {
        "List": ("s3:ListBucket", "arn:aws:s3:::acme-exchange"),
        "Read": ("s3:GetObject", "arn:aws:s3:::acme-exchange/webshop/*"),
        "ExportAndRename": (
            ["s3:PutObject", "s3:DeleteObject", "s3:AbortMultipartUpload"],
            "arn:aws:s3:::acme-exchange/webshop/*",
        ),
    }
    page = (EXAMPLES.parent / "buckets.md").read_text("utf-8")
    assert "path: acme-exchange/webshop" in page
