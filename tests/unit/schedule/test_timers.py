"""Schedules in the words of systemd and cron."""

import os
import shlex
import subprocess
from pathlib import Path
from types import SimpleNamespace

import pytest

from runner.definitions.connection import Connection
from runner.errors import UsageError
from runner.schedule.cron_timers import as_cron
from runner.schedule.systemd_timers import as_systemd
from runner.schedule.timers import BuildCommand

DATE = """#!/bin/bash
if [ "$1" = -d ]; then exec /bin/date -d "$DAY $2" "$3"; fi
exec /bin/date -d "$DAY" "$@"
"""


def project(**written):
    connection = Connection(connection="shop", schedule=written)
    zone = SimpleNamespace(timezone="Europe/Amsterdam")
    return SimpleNamespace(file=zone, connections=(connection,), root=Path("/srv/acme"))


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ({"days_of_month": "last"}, ["*-*~01 06:00:00"]),
        ({"days_of_month": [1, 15, -2]}, ["*-*-01,15 06:00:00", "*-*~02 06:00:00"]),
        ({"weekday_of_month": "last fri"}, ["Fri *-*~07/1 06:00:00"]),
        ({"weekdays": ["mon", "thu"]}, ["Mon,Thu *-*-* 06:00:00"]),
    ],
)
def test_days_in_the_words_of_systemd(written, expected):
    text = as_systemd(project(at="06:00", **written), BuildCommand())
    told = [line for line in text.splitlines() if line.startswith("OnCalendar=")]
    assert told == [f"OnCalendar={when} Europe/Amsterdam" for when in expected]


@pytest.mark.parametrize(
    ("every", "systemd", "cron"),
    [
        ("15 minutes", "*-*-* *:00/15:00", "*/15 * * * *"),
        ("6 hours", "*-*-* 00/6:00:00", "0 */6 * * *"),
        ("1 day", "*-*-* 00:00:00", "0 0 * * *"),
    ],
)
def test_intervals_in_the_words_of_both(every, systemd, cron):
    assert f"\nOnCalendar={systemd} UTC\n" in as_systemd(project(every=every), BuildCommand())
    assert as_cron(project(every=every), BuildCommand()).startswith(f"CRON_TZ=UTC\n{cron} runner ")


def test_interval_that_divides_neither_an_hour_nor_a_count_of_hours():
    """90 minutes: sixteen times a day, at the full hour and at half past."""
    hours = [range(0, 24, 3), range(1, 24, 3)]
    text = as_systemd(project(every="90 minutes"), BuildCommand())
    first, second = (",".join(f"{hour:02}" for hour in some) for some in hours)
    assert f"OnCalendar=*-*-* {first}:00:00 UTC\nOnCalendar=*-*-* {second}:30:00 UTC" in text
    _, *lines = as_cron(project(every="90 minutes"), BuildCommand()).splitlines()
    assert [line.split(" runner ")[0] for line in lines] == [
        f"0 {','.join(map(str, hours[0]))} * * *",
        f"30 {','.join(map(str, hours[1]))} * * *",
    ]


def test_interval_that_does_not_divide_a_day():
    text = as_systemd(project(every="7 hours"), BuildCommand())
    assert "[Timer]\nOnActiveSec=0\nOnUnitActiveSec=25200s\nAccuracySec=1s\n\n[Inst" in text
    _, line = as_cron(project(every="7 hours"), BuildCommand()).splitlines()
    assert line.startswith("0 */1 * * * [ $(( $(date +\\%s) / 60 \\% 420 )) -eq 0 ] && runner ")
    with pytest.raises(UsageError):
        as_cron(project(every="90 s"), BuildCommand())


def test_command_is_that_of_this_runner_and_target_whatever_their_names_hold():
    start = BuildCommand(("/opt/my venv/runner",), ("--target", "prod", "--vars", '{a: "$b 5%"}'))
    shop = project(every="1 hour")
    shop.root = Path("/srv/100% acme")
    service = as_systemd(shop, start).splitlines()[-3:]
    assert service[1] == "WorkingDirectory=/srv/100%% acme"
    assert service[2] == (
        'ExecStart="/opt/my venv/runner" build --target prod --vars "{a: \\"$$b 5%%\\"}"'
        " --connection shop --wait"
    )
    command = as_cron(shop, start).splitlines()[1].split(" ", 5)[5]
    assert "%" not in command.replace("\\%", "")
    assert shlex.split(command.replace("\\%", "%")) == [
        *("/opt/my venv/runner", "build", "--project-dir", "/srv/100% acme", "--target", "prod"),
        *("--vars", '{a: "$b 5%"}', "--connection", "shop", "--wait"),
    ]


@pytest.mark.parametrize(
    ("written", "days"),
    [
        ({"days_of_month": "last"}, ["2026-02-28"]),
        ({"days_of_month": [1, -2]}, ["2026-02-01", "2026-02-27"]),
        ({"weekday_of_month": "last fri"}, ["2026-02-27"]),
    ],
)
def test_guard_of_cron_lets_the_days_pass_that_are_meant(tmp_path, written, days):
    _, line = as_cron(project(at="06:00", **written), BuildCommand()).splitlines()
    fields, command = line.split(" ", 5)[:5], line.split(" ", 5)[5].replace("\\%", "%")
    assert fields[:2] == ["0", "6"]
    for name, text in (("date", DATE), ("runner", "#!/bin/bash\necho built\n")):
        (tmp_path / name).write_text(text, "utf-8")
        (tmp_path / name).chmod(0o755)
    found = []
    for number in range(1, 29):
        day = f"2026-02-{number:02}"
        env = {"PATH": f"{tmp_path}:{os.environ['PATH']}", "DAY": day}
        ended = subprocess.run(["sh", "-c", command], env=env, capture_output=True, check=False)
        found += [day] if ended.stdout == b"built\n" else []
    assert found == days
