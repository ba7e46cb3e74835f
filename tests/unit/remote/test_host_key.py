"""Host keys as users paste them."""

import pytest

from runner.remote.host_key import read_host_key

BASE64 = "AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl"
# As `ssh-keygen -l` prints it for this key, the host key of github.com.
FINGERPRINT = "SHA256:+DiY3wvvV6TuJJhbpZisF/zLDA0zPMSvHdkr4UvCOqU"


@pytest.mark.parametrize(
    "text",
    [
        f"ssh-ed25519 {BASE64}",
        f"  ssh-ed25519   {BASE64} root@acme\n",
        BASE64,
        f"[acme.example]:2222 ssh-ed25519 {BASE64}",
    ],
)
def test_key_is_read_in_every_form(text: str) -> None:
    key = read_host_key(text)
    assert key.line == f"ssh-ed25519 {BASE64}"
    assert key.fingerprint == FINGERPRINT
    assert key.pin == f'host_key: "ssh-ed25519 {BASE64}"'


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "no public key"),
        ("ssh-ed25519", "no public key"),
        (f"ssh-rsa {BASE64}", "it says ssh-rsa, but the key is of type ssh-ed25519"),
        (f"ssh-ed25519 {BASE64[:-8]}", "cut off"),
        ("ssh-ed25519 AAAA", "cut off"),
        ("ssh-ed25519 AAAA*", "base64 is broken"),
        (f"ssh-ed25519 {BASE64[:-1]}", "base64 is broken|cut off"),
        ("ssh-dss AAAAB3NzaC1kc3MAAAABAQ==", "ssh-dss is not supported"),
    ],
)
def test_text_that_is_not_a_key_is_reported(text: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        read_host_key(text)
