"""Settings never show a secret."""

from runner.remote import RemoteSettings


def test_secrets_are_not_in_the_representation() -> None:
    settings = RemoteSettings(
        name="webshop",
        kind="sftp",
        password="secret-1",
        private_key="secret-2",
        passphrase="secret-3",
        options={"secret": "secret-4"},
    )
    assert "secret" not in repr(settings)


def test_address_puts_brackets_around_ipv6() -> None:
    assert RemoteSettings(name="a", kind="sftp", host="::1").address == "[::1]:22"
    assert RemoteSettings(name="a", kind="sftp", host="acme", port=2222).address == "acme:2222"
