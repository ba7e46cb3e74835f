"""No password, no key and no file goes to a server that is not the one that was meant."""

import subprocess
from pathlib import Path

import pytest

from runner.errors import RemoteError, TransientRemoteError
from runner.remote import RemoteSettings, open_remote
from tests.servers.odd_sftp import odd_sftp
from tests.servers.sshd import Sshd, make_key, sshd

pytestmark = pytest.mark.any_engine


def refusal(settings: RemoteSettings) -> str:
    with pytest.raises(RemoteError) as caught:
        open_remote(settings)
    assert not isinstance(caught.value, TransientRemoteError)
    return str(caught.value)


def fingerprint(public_key: Path) -> str:
    printed = subprocess.run(
        ["ssh-keygen", "-l", "-f", str(public_key)], check=True, capture_output=True, text=True
    )
    return printed.stdout.split()[1]


def known_hosts(server: Sshd, tmp_path: Path, host: str, key: str) -> RemoteSettings:
    path = tmp_path / "known_hosts"
    path.write_text(f"# of a colleague\n{host} {key}\n")
    return server.settings(host_key=(), known_hosts=str(path))


def works(settings: RemoteSettings) -> bool:
    with open_remote(settings) as remote:
        return remote.list("").files == ()


def test_unknown_key_is_refused_with_the_line_that_pins_it(sftp_server: Sshd) -> None:
    told = refusal(sftp_server.settings(host_key=("",), backoff=60))
    assert f"the host key of 127.0.0.1:{sftp_server.port} is unknown" in told
    assert fingerprint(sftp_server.directory / "host_ed25519.pub") in told
    assert f'\n  host_key: "{sftp_server.host_key}"' in told


def test_the_line_that_was_shown_pins_the_key(sftp_server: Sshd) -> None:
    told = refusal(sftp_server.settings(host_key=()))
    line = told.splitlines()[-1].split('"')[1]
    assert works(sftp_server.settings(host_key=(line,)))


def test_changed_key_is_refused_and_says_that_it_changed(sftp_server: Sshd) -> None:
    pinned = sftp_server.host_key
    before = fingerprint(sftp_server.directory / "host_ed25519.pub")
    sftp_server.new_host_keys()
    sftp_server.restart()
    told = refusal(sftp_server.settings(host_key=(pinned,), backoff=60))
    assert "has changed: it is now ssh-ed25519" in told
    assert f"pinned is {before}" in told
    assert fingerprint(sftp_server.directory / "host_ed25519.pub") in told
    assert f'host_key: "{sftp_server.host_key}"' in told


def test_nothing_about_the_user_is_sent_before_the_key_is_known(sftp_directory: Path) -> None:
    other = make_key(sftp_directory / "other")
    pin = other.with_suffix(".pub").read_text()
    with odd_sftp(sftp_directory) as odd:
        assert "has changed" in refusal(odd.settings(host_key=(pin,)))
        assert odd.log_ins == []
        (session,) = odd.sessions
        session.join(5)
        assert not session.is_active(), "the connection is not left open"
        assert works(odd.settings())
        assert odd.log_ins == ["password"]


@pytest.mark.parametrize("kind", ["ed25519", "rsa"])
@pytest.mark.parametrize("form", ["line", "base64", "commented", "keyscan", "fingerprint"])
def test_every_form_of_a_pin_admits_its_key(sftp_server: Sshd, kind: str, form: str) -> None:
    line = sftp_server.host_key_of(kind)
    pins = {
        "line": line,
        "base64": line.split()[1],
        "commented": f"{line} root@acme",
        "keyscan": f"[127.0.0.1]:{sftp_server.port} {line}",
        "fingerprint": fingerprint(sftp_server.directory / f"host_{kind}.pub"),
    }
    assert works(sftp_server.settings(host_key=(pins[form],)))


def test_one_of_several_pins_is_enough(sftp_server: Sshd, tmp_path: Path) -> None:
    other = make_key(tmp_path / "next").with_suffix(".pub").read_text()
    assert works(sftp_server.settings(host_key=(other, sftp_server.host_key)))
    assert works(sftp_server.settings(host_key=(sftp_server.host_key_of("rsa"), other)))


def test_fingerprint_of_another_key_is_refused(sftp_server: Sshd, tmp_path: Path) -> None:
    other = fingerprint(make_key(tmp_path / "other").with_suffix(".pub"))
    told = refusal(sftp_server.settings(host_key=(other,)))
    assert "has changed: it is now ssh-ed25519" in told
    assert f"pinned is {other}" in told


def test_pinned_type_that_the_server_no_longer_has_is_reported_as_changed(
    sftp_server: Sshd, tmp_path: Path
) -> None:
    pin = make_key(tmp_path / "gone", "ecdsa").with_suffix(".pub").read_text()
    told = refusal(sftp_server.settings(host_key=(pin,)))
    assert "has changed: it is now ssh-ed25519" in told


def test_pin_that_is_not_a_key_is_reported(sftp_server: Sshd) -> None:
    for pin in ("MD5:aa:bb", "ssh-ed25519", "AAAA!", sftp_server.host_key[:-30]):
        told = refusal(sftp_server.settings(host_key=(pin,)))
        assert "connection 'webshop': host_key cannot be read" in told


@pytest.mark.parametrize("hosts", ["[127.0.0.1]:{port}", "other,[127.0.0.1]:{port}", "[127.*]:*"])
def test_known_hosts_file_admits_its_hosts(sftp_server: Sshd, tmp_path: Path, hosts: str) -> None:
    host = hosts.format(port=sftp_server.port)
    assert works(known_hosts(sftp_server, tmp_path, host, sftp_server.host_key))
    assert works(known_hosts(sftp_server, tmp_path, host, sftp_server.host_key_of("rsa")))


def test_known_hosts_file_of_other_hosts_admits_none(sftp_server: Sshd, tmp_path: Path) -> None:
    for host in ("127.0.0.1", "[127.0.0.1]:1", f"[127.*]:*,![127.0.0.1]:{sftp_server.port}"):
        told = refusal(known_hosts(sftp_server, tmp_path, host, sftp_server.host_key))
        assert "is unknown" in told


def test_hashed_known_hosts_file_admits_its_hosts(sftp_server: Sshd, tmp_path: Path) -> None:
    host = f"[127.0.0.1]:{sftp_server.port}"
    settings = known_hosts(sftp_server, tmp_path, host, sftp_server.host_key)
    subprocess.run(
        ["ssh-keygen", "-H", "-f", str(settings.known_hosts)], check=True, capture_output=True
    )
    assert host not in Path(str(settings.known_hosts)).read_text()
    assert works(settings)
    elsewhere = sftp_server.settings(
        host="localhost", host_key=(), known_hosts=settings.known_hosts
    )
    assert "is unknown" in refusal(elsewhere)


def test_revoked_key_is_refused_also_where_it_is_pinned(sftp_server: Sshd, tmp_path: Path) -> None:
    path = tmp_path / "known_hosts"
    path.write_text(f"@revoked * {sftp_server.host_key}\n")
    told = refusal(sftp_server.settings(known_hosts=str(path)))
    assert f"is revoked in {path}" in told


def test_known_hosts_file_that_is_missing_is_reported(sftp_server: Sshd, tmp_path: Path) -> None:
    told = refusal(sftp_server.settings(host_key=(), known_hosts=str(tmp_path / "none")))
    assert f"cannot read the known_hosts file {tmp_path}/none" in told


def test_server_without_a_common_algorithm_is_reported(sftp_directory: Path) -> None:
    with sshd(sftp_directory, config=("Ciphers chacha20-poly1305@openssh.com",)) as server:
        told = refusal(server.settings())
    assert "no algorithm in common" in told
