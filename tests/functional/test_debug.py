"""`runner debug` says what of a connection fails, and what to do."""

import os
from pathlib import Path

import pytest

from tests.servers.command import LoadedRunner
from tests.servers.sshd import Sshd, free_port
from tests.unit.inspect.shop import Shop, make_shop

pytestmark = pytest.mark.any_engine

ACCESS = """\
host: "{{ env_var('RUNNER_SFTP_HOST') }}"
port: "{{ env_var('RUNNER_SFTP_PORT') }}"
username: "{{ env_var('RUNNER_SFTP_USER') }}"
authentication: {private_key: "{{ env_var('RUNNER_SFTP_KEY') }}"}
host_key: "{{ env_var('RUNNER_SFTP_HOST_KEY') }}"
"""


@pytest.fixture
def shop(tmp_path: Path, sftp_account: Sshd) -> Shop:
    """The small shop, on a server whose files belong to a user that is not root."""
    shop = make_shop(tmp_path)
    shop.edit("type: local\npath: drop\n", ACCESS)
    for name in ("out", "in"):
        (sftp_account.root / name).mkdir()
        (sftp_account.root / name).chmod(0o777)
    return shop


def lines(text: str) -> list[str]:
    return [" ".join(line.split()) for line in text.splitlines()]


def test_connection_that_works_is_told_step_by_step(
    shop: Shop, sftp_account: Sshd, run_runner: LoadedRunner
) -> None:
    ended = run_runner(shop.folder, "debug", env=sftp_account.environment())
    assert ended.code == 0, ended.told
    told = lines(ended.stdout)
    assert f"project acme, {shop.folder}" in told
    assert f"warehouse {shop.folder}/target/warehouse.duckdb (not yet)" in told
    assert any(line.startswith("duckdb ") for line in told)
    start = told.index("shop")
    assert [line.split(" ")[0] for line in told[start + 2 : start + 8]] == ["✓"] * 6
    assert told[start + 5 : start + 8] == [
        "✓ list out 0 files",
        "✓ list in 0 files",
        "✓ write in a file was written and removed",
    ]
    assert told[-1] == "1 connection checked: all is well"
    assert list((sftp_account.root / "in").iterdir()) == []


def test_unknown_host_key_gives_the_line_to_pin_whole(
    shop: Shop, sftp_account: Sshd, run_runner: LoadedRunner
) -> None:
    environment = {**sftp_account.environment(), "RUNNER_SFTP_HOST_KEY": "", "COLUMNS": "80"}
    ended = run_runner(shop.folder, "debug", env=environment)
    assert ended.code == 4
    assert "✗ host key" in ended.stdout
    assert "SHA256:" in ended.stdout
    assert f'host_key: "{sftp_account.host_key}"\n' in ended.stdout
    assert "- authentication" in ended.stdout
    assert "1 of 1 connection failed: shop" in ended.stdout


def test_log_in_that_is_refused_ends_with_4(
    shop: Shop, sftp_account: Sshd, run_runner: LoadedRunner
) -> None:
    (shop.folder / "other").write_text("no key")
    environment = {**sftp_account.environment(), "RUNNER_SFTP_KEY": str(shop.folder / "other")}
    ended = run_runner(shop.folder, "debug", env=environment)
    assert ended.code == 4
    assert "✓ host key" in ended.stdout
    assert "✗ authentication" in ended.stdout


def test_server_that_is_not_there_ends_with_4(
    shop: Shop, sftp_account: Sshd, run_runner: LoadedRunner
) -> None:
    environment = {**sftp_account.environment(), "RUNNER_SFTP_PORT": str(free_port())}
    ended = run_runner(shop.folder, "debug", env=environment)
    assert ended.code == 4
    assert "✗ reach" in ended.stdout
    assert "check `host` and `port`" in ended.stdout


def test_directory_that_an_export_makes_is_no_failure_and_one_to_read_is(
    shop: Shop, sftp_account: Sshd, run_runner: LoadedRunner
) -> None:
    (sftp_account.root / "in").rmdir()
    ended = run_runner(shop.folder, "debug", env=sftp_account.environment())
    assert ended.code == 0
    assert "not there yet; the first export makes it" in ended.stdout
    (sftp_account.root / "out").rmdir()
    ended = run_runner(shop.folder, "debug", env=sftp_account.environment())
    assert ended.code == 4
    assert "✗ list out" in ended.stdout


def test_directory_whose_files_are_renamed_must_be_writable_f6(
    shop: Shop, sftp_account: Sshd, run_runner: LoadedRunner
) -> None:
    shop.edit("    process:", "    done_suffix: true\n    process:")
    assert "✓ write out" in run_runner(shop.folder, "debug", env=sftp_account.environment()).stdout
    (sftp_account.root / "out").chmod(0o555)
    ended = run_runner(shop.folder, "debug", env=sftp_account.environment())
    if sftp_account.password:
        # Root may write anywhere; the account of this server is another user.
        os.chown(sftp_account.root / "out", os.geteuid(), os.getegid())
        ended = run_runner(shop.folder, "debug", env=sftp_account.environment())
    assert ended.code == 4
    assert "✗ write out" in ended.stdout


def test_other_connections_are_tried_when_one_has_a_mistake(
    shop: Shop, sftp_account: Sshd, run_runner: LoadedRunner
) -> None:
    (shop.folder / "connections/aaa.yml").write_text(
        "connection: aaa\ntype: local\npath: \"{{ env_var('NO_SUCH_VARIABLE') }}\"\n"
    )
    ended = run_runner(shop.folder, "debug", env=sftp_account.environment())
    assert ended.code == 2
    assert "NO_SUCH_VARIABLE is not set" in ended.stdout
    assert "✓ authentication" in ended.stdout
    assert run_runner(shop.folder, "debug", "shop", env=sftp_account.environment()).code == 0
    unknown = run_runner(shop.folder, "debug", "shopp", env=sftp_account.environment())
    assert unknown.code == 2
    assert "Did you mean 'shop'?" in unknown.stderr
    # What comes before is told all the same.
    assert "python" in unknown.stdout


def test_disabled_connection_is_tried_only_by_name(
    shop: Shop, sftp_account: Sshd, run_runner: LoadedRunner
) -> None:
    shop.edit("connection: shop\n", "connection: shop\nenabled: false\n")
    ended = run_runner(shop.folder, "debug", env=sftp_account.environment())
    assert ended.code == 0
    assert "not enabled" in ended.stdout
    assert "✓ reach" not in ended.stdout
    named = run_runner(shop.folder, "debug", "shop", env=sftp_account.environment())
    assert "✓ reach" in named.stdout


def test_ipv6_address_may_have_brackets(shop: Shop, run_runner: LoadedRunner) -> None:
    shop.edit("host: \"{{ env_var('RUNNER_SFTP_HOST') }}\"", 'host: "[::1]"')
    shop.edit("port: \"{{ env_var('RUNNER_SFTP_PORT') }}\"", f"port: {free_port()}")
    env = {
        "RUNNER_SFTP_USER": "x",
        "RUNNER_SFTP_KEY": "x",
        "RUNNER_SFTP_HOST_KEY": f"SHA256:{43 * 'a'}",
    }
    told = " ".join(run_runner(shop.folder, "debug", env=env).told.split())
    assert "[::1]:" in told
    assert "cannot be reached" in told
