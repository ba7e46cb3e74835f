"""The programs that the tests need are installed where that is allowed, and named where it is not."""

import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[1] / "servers" / "install.sh"
PROGRAMS = ("sshd", "ssh", "ssh-keygen", "sftp", "gpg", "gpg-agent")


@dataclass
class Machine:
    """A folder that is the whole PATH."""

    bin: Path

    @property
    def calls(self) -> list[str]:
        """What was asked of apt-get, with the user who asked and the frontend."""
        log = self.bin / "calls"
        return log.read_text().splitlines() if log.exists() else []

    def has(self, name: str, script: str = "") -> None:
        path = self.bin / name
        path.write_text(f"#!/bin/bash\n{script}\n")
        path.chmod(0o755)

    def is_debian(self, install: str, update: str = "") -> None:
        self.has(
            "apt-get",
            f'echo "$DEBIAN_FRONTEND ${{AS_ROOT:-}} $*" >> {self.bin}/calls\n'
            f'case " $* " in *" update "*) {update or ":"} ;; *) {install} ;; esac',
        )

    def is_user(self, name: str) -> None:
        self.has("id", f"echo {0 if name == 'root' else 1000}")

    def install(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["bash", str(SCRIPT), *arguments],
            env={"PATH": str(self.bin), "SSHD": str(self.bin / "sshd")},
            capture_output=True,
            text=True,
            check=False,
        )

    def with_programs(self, *names: str) -> str:
        """Return the commands of a shell that put programs into the folder."""
        return "; ".join(f"cp {self.bin}/env {self.bin}/{name}" for name in names)


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    """A machine with all programs but gpg and sshd, without apt-get and sudo."""
    found = Machine(tmp_path)
    for name in ("bash", "cp", "env"):
        (tmp_path / name).symlink_to(str(shutil.which(name)))
    for name in set(PROGRAMS) - {"gpg", "sshd"}:
        found.has(name)
    return found


def test_nothing_missing_is_silent_and_asks_for_no_right(machine):
    machine.has("gpg")
    machine.has("sshd")
    ended = machine.install()
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "", "")


def test_root_updates_once_and_installs_what_is_missing_alone(machine):
    machine.is_user("root")
    machine.is_debian(install=machine.with_programs("gpg", "sshd"))
    ended = machine.install()
    assert ended.returncode == 0, ended.stderr
    update, install = machine.calls
    assert update.startswith("noninteractive ")
    assert update.endswith(" update")
    assert install.startswith("noninteractive ")
    assert install.endswith(" install -y --no-install-recommends openssh-server gpg")


def test_browser_is_installed_where_it_is_asked_for(machine):
    machine.is_user("root")
    machine.is_debian(install=machine.with_programs("gpg", "sshd", "chromium"))
    assert machine.install("--browser").returncode == 0
    assert machine.calls[-1].endswith(" openssh-server gpg chromium")


def test_user_installs_with_sudo_that_asks_for_no_password(machine):
    machine.is_user("anna")
    # Like sudo, it asks nothing with -n, and drops the variables of its caller.
    machine.has("sudo", 'test "$1" = -n || exit 1; shift; env -i PATH="$PATH" AS_ROOT=sudo "$@"')
    machine.has("true")
    machine.is_debian(install=machine.with_programs("gpg", "sshd"))
    ended = machine.install()
    assert ended.returncode == 0, ended.stderr
    assert [call.split()[:2] for call in machine.calls] == [["noninteractive", "sudo"]] * 2


@pytest.mark.parametrize("sudo", ["absent", "asks for a password"])
def test_user_without_sudo_gets_the_command_and_nothing_is_installed(machine, sudo):
    machine.is_user("anna")
    machine.is_debian(install=machine.with_programs("gpg", "sshd"))
    if sudo != "absent":
        machine.has("sudo", "echo 'a password is required' >&2; exit 1")
    ended = machine.install()
    assert ended.returncode == 1
    assert ended.stderr.splitlines() == [
        "The tests need programs that are missing, and only root can install them.",
        "Run: sudo apt-get update && sudo apt-get install openssh-server gpg",
    ]
    assert machine.calls == []


def test_system_without_apt_gets_the_names_of_the_packages(machine):
    machine.is_user("root")
    ended = machine.install()
    assert ended.returncode == 1
    assert ended.stderr.splitlines() == [
        "The tests need programs that are missing. Debian's packages of them: openssh-server gpg",
        "There is no apt-get here: install them as this system does.",
    ]


def test_source_of_packages_that_fails_does_not_keep_others_from_being_installed(machine):
    machine.is_user("root")
    machine.is_debian(install=machine.with_programs("gpg", "sshd"), update="exit 100")
    assert machine.install().returncode == 0


def test_package_that_cannot_be_installed_ends_with_the_fault_of_apt(machine):
    machine.is_user("root")
    machine.is_debian(install="echo 'E: Unable to locate package gpg' >&2; exit 100")
    ended = machine.install()
    assert ended.returncode == 100
    assert "Unable to locate" in ended.stderr


def test_package_without_its_program_is_reported(machine):
    machine.is_user("root")
    machine.is_debian(install=machine.with_programs("sshd"))
    ended = machine.install()
    assert ended.returncode == 1
    assert "not found: gpg" in ended.stderr
