"""Which host keys are trusted, and which algorithms are asked for."""

from runner.remote import RemoteSettings
from runner.remote.host_key import HostKey
from runner.remote.pins import ANY_ALGORITHM, FAMILIES, Pins

ED25519 = HostKey("ssh-ed25519", b"one")
RSA = HostKey("ssh-rsa", b"two")
SETTINGS = RemoteSettings(name="webshop", kind="sftp", host="acme.example")


def test_nothing_is_trusted_without_a_pin() -> None:
    assert not Pins().admit(ED25519)
    assert Pins().orders() == (ANY_ALGORITHM,)


def test_pinned_types_are_asked_for_first_and_alone() -> None:
    assert Pins(keys=(RSA,)).orders() == (("rsa-sha2-512", "rsa-sha2-256"), ANY_ALGORITHM)
    assert Pins(keys=(RSA, ED25519)).orders()[0] == ("rsa-sha2-512", "rsa-sha2-256", "ssh-ed25519")


def test_fingerprint_is_looked_for_in_every_family() -> None:
    pins = Pins(fingerprints=(RSA.fingerprint,))
    assert pins.admit(RSA)
    assert not pins.admit(ED25519)
    assert pins.orders() == FAMILIES
    assert Pins(keys=(RSA,), fingerprints=("SHA256:x",)).orders()[0] == FAMILIES[2]


def test_same_bytes_of_another_type_are_another_key() -> None:
    assert not Pins(keys=(ED25519,)).admit(HostKey("ssh-rsa", ED25519.blob))


def test_revoked_key_is_never_trusted() -> None:
    pins = Pins(keys=(RSA,), fingerprints=(RSA.fingerprint,), revoked=(RSA,))
    assert not pins.admit(RSA)
    assert "is revoked" in str(pins.refusal(SETTINGS, RSA))


def test_refusal_distinguishes_unknown_from_changed() -> None:
    assert "is unknown" in str(Pins().refusal(SETTINGS, RSA))
    changed = str(Pins(keys=(ED25519,)).refusal(SETTINGS, RSA))
    assert f"has changed: it is now ssh-rsa {RSA.fingerprint}" in changed
    assert f"pinned is {ED25519.fingerprint}" in changed
    assert RSA.pin in changed
