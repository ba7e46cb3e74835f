"""Logging in on a real SFTP server: what works, and one clear sentence for what does not."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from paramiko import Ed25519Key

from runner.errors import RemoteError, TransientRemoteError
from runner.remote import RemoteSettings, open_remote
from tests.servers.odd_sftp import OddSftp, odd_sftp
from tests.servers.proxy import cutting_proxy
from tests.servers.sshd import Sshd, authorize, free_port, make_key, sshd

pytestmark = pytest.mark.any_engine


@pytest.fixture
def password_server(sftp_directory: Path) -> Iterator[Sshd | OddSftp]:
    """OpenSSH's sshd, or, as only root can give it a password, a server of paramiko's."""
    if os.geteuid() == 0:
        with sshd(sftp_directory, with_password=True) as server:
            yield server
    else:
        with odd_sftp(sftp_directory) as odd:
            yield odd


def failure(settings: RemoteSettings) -> str:
    # A retry would wait for a minute: what is refused is not tried again.
    with pytest.raises(RemoteError) as caught:
        open_remote(settings)
    assert not isinstance(caught.value, TransientRemoteError)
    return str(caught.value)


def test_password_logs_in(password_server: Sshd | OddSftp) -> None:
    settings = password_server.settings(private_key=None, password=password_server.password)
    with open_remote(settings) as remote:
        assert remote.list("").files == ()


def test_wrong_password_is_reported_and_not_tried_again(password_server: Sshd | OddSftp) -> None:
    settings = password_server.settings(private_key=None, password="wrong-1234", backoff=60)
    told = failure(settings)
    assert f"refuses the password of user '{settings.username}' on 127.0.0.1:" in told
    assert "wrong-1234" not in told


def test_unknown_key_is_reported_with_its_fingerprint(sftp_server: Sshd, tmp_path: Path) -> None:
    key = make_key(tmp_path / "other")
    told = failure(sftp_server.settings(private_key=str(key), backoff=60))
    assert f"the server refuses the private key of user '{sftp_server.username}'" in told
    assert "(ssh-ed25519 SHA256:" in told


@pytest.mark.parametrize("kind", ["ed25519", "rsa", "ecdsa"])
@pytest.mark.parametrize("form", ["OpenSSH", "PEM", "PKCS8"])
@pytest.mark.parametrize("passphrase", ["", "correct horse"])
def test_every_kind_of_key_logs_in(
    sftp_server: Sshd, tmp_path: Path, kind: str, form: str, passphrase: str
) -> None:
    options = () if form == "OpenSSH" else ("-m", form)
    key = make_key(tmp_path / "key", kind, passphrase, *options)
    authorize(sftp_server, tmp_path / "key.pub")
    settings = sftp_server.settings(private_key=str(key), passphrase=passphrase or None)
    with open_remote(settings) as remote:
        assert remote.list("").files == ()


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\\n"])
def test_text_of_a_key_logs_in(sftp_server: Sshd, newline: str) -> None:
    text = sftp_server.private_key.read_text().replace("\n", newline)
    with open_remote(sftp_server.settings(private_key=text)) as remote:
        assert remote.list("").files == ()


def test_passphrase_that_the_key_does_not_need_is_left_aside(sftp_server: Sshd) -> None:
    with open_remote(sftp_server.settings(passphrase="not needed")) as remote:
        assert remote.list("").files == ()


def test_wrong_passphrase_is_reported(sftp_server: Sshd, tmp_path: Path) -> None:
    key = make_key(tmp_path / "key", "ed25519", "right one")
    told = failure(sftp_server.settings(private_key=str(key), passphrase="wrong one"))
    assert f"the passphrase does not fit the private key {key}" in told
    assert "wrong one" not in told


def test_missing_passphrase_is_reported(sftp_server: Sshd, tmp_path: Path) -> None:
    key = make_key(tmp_path / "key", "ed25519", "right one")
    told = failure(sftp_server.settings(private_key=str(key)))
    assert f"the private key {key} needs a passphrase" in told


def test_key_file_that_cannot_be_read_is_reported(sftp_server: Sshd, tmp_path: Path) -> None:
    told = failure(sftp_server.settings(private_key=str(tmp_path / "missing")))
    assert f"cannot read the private key {tmp_path}/missing: No such file or directory" in told


def test_no_keys_but_the_declared_one_are_used(
    sftp_server: Sshd, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "home"
    (home / ".ssh").mkdir(parents=True)
    (home / ".ssh/id_ed25519").write_bytes(sftp_server.private_key.read_bytes())
    monkeypatch.setenv("HOME", str(home))
    told = failure(sftp_server.settings(private_key=None, password=None))
    assert "no authentication is declared" in told


def test_server_that_wants_key_and_password_gets_both(sftp_directory: Path) -> None:
    if os.geteuid() == 0:
        both = ("AuthenticationMethods publickey,password",)
        with sshd(sftp_directory, with_password=True, config=both) as server:
            with open_remote(server.settings(password=server.password)) as remote:
                assert remote.list("").files == ()
            told = failure(server.settings())
            assert "wants more than was given" in told
            assert "password" in told
    path = sftp_directory / "user_ed25519"
    user_key = Ed25519Key.from_private_key_file(str(path))
    for methods in (("publickey", "password"), ("password", "publickey")):
        with odd_sftp(sftp_directory, methods=methods, user_key=user_key) as odd:
            with open_remote(odd.settings(private_key=str(path))) as remote:
                assert remote.list("").files == ()
            assert odd.log_ins[-2:] == list(methods)


def test_password_answers_a_keyboard_interactive_server(sftp_directory: Path) -> None:
    with odd_sftp(sftp_directory, methods=("keyboard-interactive",)) as odd:
        with open_remote(odd.settings()) as remote:
            assert remote.list("").files == ()
        assert "refuses the password of user 'acme'" in failure(odd.settings(password="wrong"))


def test_server_that_asks_for_more_than_the_password_is_given_it_once(sftp_directory: Path) -> None:
    asks = {"methods": ("keyboard-interactive",), "more_questions": ("Password: ", "Code:\x1b[2J")}
    with odd_sftp(sftp_directory, **asks) as odd:
        told = failure(odd.settings())
        assert odd.answers == [["open sesame"], [""], [""]]
    assert "the server asks user 'acme' on 127.0.0.1:" in told
    assert "for more than the password: 'Password:', 'Code: [2J'" in told


def test_method_that_the_server_does_not_take_is_reported(sftp_server: Sshd) -> None:
    told = failure(sftp_server.settings(private_key=None, password="any"))
    assert "the server takes no password from user" in told
    assert "it takes: publickey" in told


def test_user_without_sftp_is_reported(sftp_directory: Path) -> None:
    with sshd(sftp_directory, config=("ForceCommand /bin/false",)) as server:
        told = failure(server.settings())
    assert "gives user" in told
    assert "no SFTP" in told


@pytest.mark.parametrize("cut", ["log_ins_cut", "starts_cut"])
def test_server_that_hangs_up_meanwhile_is_tried_again(sftp_directory: Path, cut: str) -> None:
    with odd_sftp(sftp_directory, **{cut: 1}) as odd, open_remote(odd.settings()) as remote:
        assert remote.list("").files == ()
    with (
        odd_sftp(sftp_directory, **{cut: 9}) as odd,
        pytest.raises(TransientRemoteError, match=r"hung up .* \(tried 2 times\)"),
    ):
        open_remote(odd.settings(retries=1))


def test_server_that_is_silent_about_a_password_is_reported(sftp_directory: Path) -> None:
    with (
        odd_sftp(sftp_directory, thinks=1) as odd,
        pytest.raises(TransientRemoteError, match=r"no answer to the password .* within 0.3 s"),
    ):
        open_remote(odd.settings(timeout=0.3, retries=0))


def test_connection_without_a_username_is_reported(sftp_server: Sshd) -> None:
    assert "no username is declared" in failure(sftp_server.settings(username=""))


def test_port_that_nothing_listens_on_is_reported(sftp_server: Sshd) -> None:
    settings = sftp_server.settings(port=free_port(), retries=1)
    with pytest.raises(
        TransientRemoteError, match=r"cannot be reached: Connection refused \(tried"
    ):
        open_remote(settings)


def test_unknown_host_name_is_reported(sftp_server: Sshd) -> None:
    for host in ("nowhere.invalid", "two..dots", "x" * 70 + ".invalid"):
        with pytest.raises(RemoteError, match=r"is not found|is not a host name"):
            open_remote(sftp_server.settings(host=host, retries=0))


def test_server_that_does_not_speak_is_reported(sftp_server: Sshd) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        settings = sftp_server.settings(port=listener.getsockname()[1], timeout=0.3, retries=0)
        with pytest.raises(TransientRemoteError, match=r"does not complete the SSH handshake"):
            open_remote(settings)


def test_server_that_is_silent_is_given_up_after_the_timeout(sftp_server: Sshd) -> None:
    with open_remote(sftp_server.settings(timeout=1, retries=0)) as remote:
        for call in (remote.list, remote.stat):
            sftp_server.pause()
            with pytest.raises(TransientRemoteError, match=r"no answer within 1 s"):
                call("")
            sftp_server.resume()
            call("")
        assert sftp_server.log_ins() == 3, "a silent connection is not used again"


def test_nothing_but_the_error_is_reported(sftp_server: Sshd) -> None:
    script = (
        "import sys; from runner.errors import RemoteError;"
        "from runner.remote import RemoteSettings, open_remote\n"
        "try: open_remote(RemoteSettings(name='webshop', kind='sftp', host='127.0.0.1',"
        " port=int(sys.argv[1]), username='acme', password='x', retries=0))\n"
        "except RemoteError as error: sys.exit(0)\n"
        "sys.exit(9)"
    )
    with cutting_proxy(sftp_server.host, sftp_server.port, after=1) as proxy:
        done = subprocess.run(
            [sys.executable, "-c", script, str(proxy.port)], check=False, capture_output=True
        )
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")


def test_server_is_reached_through_another_one(sftp_server: Sshd, tmp_path: Path) -> None:
    (sftp_server.root / "a.csv").write_bytes(b"id\n1\n")
    with sshd(tmp_path) as between:
        settings = sftp_server.settings(proxy_jump=between.settings())
        with open_remote(settings) as remote:
            assert [file.path for file in remote.list("").files] == ["a.csv"]
        assert between.log_ins() == 1
        told = failure(sftp_server.settings(proxy_jump=between.settings(host_key=())))
        assert f"the host key of 127.0.0.1:{between.port} is unknown" in told
        unknown = sftp_server.settings(port=free_port(), proxy_jump=between.settings(), retries=0)
        with pytest.raises(TransientRemoteError) as caught:
            open_remote(unknown)
        told = str(caught.value)
        assert f"127.0.0.1:{between.port} does not connect to 127.0.0.1:" in told
        assert "`proxy_jump` allows TCP forwarding" in told
