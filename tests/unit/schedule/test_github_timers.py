"""The workflow for GitHub Actions runs when `runner schedule` would: its script is run, hour by hour."""

import json
import os
import re
import subprocess
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
import yaml

from runner.definitions.connection import Connection
from runner.errors import UsageError
from runner.schedule.github_timers import as_github
from runner.schedule.next_run import runs
from runner.schedule.timers import BuildCommand

DATE = """#!/bin/bash
if [ "$1" = -d ]; then days="${2% days}"; exec /bin/date -d "@$((NOW + 86400 * ${days#+}))" "$3"; fi
exec /bin/date -d "@$NOW" "$@"
"""
YEAR = datetime.now(UTC).year


def project(**schedules):
    connections = [Connection(connection=name, schedule=told) for name, told in schedules.items()]
    return SimpleNamespace(
        file=SimpleNamespace(timezone="Europe/Amsterdam"), connections=tuple(connections)
    )


def command(folder, name, text):
    path = folder / name
    path.write_text(text, "utf-8")
    path.chmod(0o755)


@pytest.mark.parametrize(
    "written",
    [
        {"times_per_day": 1, "at": "06:00"},
        {"weekdays": ["mon", "sun"], "at": "00:30"},
        {"days_of_month": [1, 29], "at": "23:30", "timezone": "America/New_York"},
        {"days_of_month": "last", "at": "22:30"},
        {"days_of_month": [1, 30, -2], "at": "06:00", "timezone": "Asia/Tokyo"},
        {"weekday_of_month": "last sun", "at": "06:00"},
        {"weekday_of_month": "first mon", "at": "01:30", "timezone": "Asia/Tokyo"},
    ],
)
@pytest.mark.parametrize("month", [3, 10])
def test_workflow_runs_when_the_schedule_says(tmp_path, written, month):
    workflow = yaml.safe_load(as_github(project(shop=written), BuildCommand()))
    command(tmp_path, "date", DATE)
    command(tmp_path, "runner", '#!/bin/bash\necho "$@"\n')
    script = workflow["jobs"]["shop"]["steps"][-1]["run"]
    start = datetime(YEAR, month, 23, 12, tzinfo=UTC)
    found = []
    for day in range(16):
        for cron in workflow[True]["schedule"]:  # `on` is true in YAML 1.1
            minute, hour = cron["cron"].split()[:2]
            moment = start.replace(hour=int(hour), minute=int(minute)) + timedelta(days=day)
            env = {"PATH": f"{tmp_path}:{os.environ['PATH']}", "SCHEDULE": cron["cron"]}
            env["NOW"] = str(int(moment.timestamp()))
            ended = subprocess.run(
                ["bash", "-e", "-c", script], env=env, capture_output=True, text=True, check=True
            )
            found += [moment] if ended.stdout == "build --connection shop --wait\n" else []
    schedule = project(shop=written).connections[0].schedule
    first = start.replace(hour=0) - timedelta(seconds=1)
    expected = []
    for moment in runs(schedule, "Europe/Amsterdam", first):
        if moment >= start.replace(hour=0) + timedelta(days=16):
            break
        expected.append(moment)
    assert sorted(found) == expected


def test_job_has_the_timers_of_its_connection_alone():
    text = as_github(
        project(often={"every": "30 minutes"}, daily={"times_per_day": 1}), BuildCommand()
    )
    jobs = yaml.safe_load(text)["jobs"]
    timers = {
        name: json.loads(re.search(r"'(\[.*\])'", job["if"])[1]) for name, job in jobs.items()
    }
    assert timers == {"often": ["*/30 * * * *"], "daily": ["0 23 * * *", "0 22 * * *"]}


def test_interval_that_github_does_not_keep_is_refused():
    with pytest.raises(UsageError, match="more often than every 5 minutes"):
        as_github(project(often={"every": "4 minutes"}), BuildCommand())
