"""Transient failures are tried again, others are not."""

import pytest

from runner.errors import RemoteError, TransientRemoteError
from runner.remote import RemoteSettings
from runner.remote.retry import persist

SETTINGS = RemoteSettings(name="webshop", kind="sftp", retries=3, backoff=1.5)


def test_waits_double_until_it_works() -> None:
    waits: list[float] = []
    attempts: list[int] = []

    def action(attempt: int) -> str:
        attempts.append(attempt)
        if attempt < 3:
            raise TransientRemoteError("gone")
        return "done"

    assert persist(action, SETTINGS, waits.append) == "done"
    assert attempts == [0, 1, 2, 3]
    assert waits == [1.5, 3.0, 6.0]


def test_last_failure_says_how_often_it_was_tried() -> None:
    def action(attempt: int) -> None:
        raise TransientRemoteError(f"gone {attempt}", hint="wait")

    with pytest.raises(TransientRemoteError, match=r"^gone 3 \(tried 4 times\)\n  wait$"):
        persist(action, SETTINGS, lambda _: None)


def test_refusal_is_not_tried_again() -> None:
    attempts: list[int] = []

    def action(attempt: int) -> None:
        attempts.append(attempt)
        raise RemoteError("permission denied")

    with pytest.raises(RemoteError, match=r"^permission denied$"):
        persist(action, SETTINGS, lambda _: None)
    assert attempts == [0]


def test_no_wait_is_longer_than_a_minute() -> None:
    waits: list[float] = []

    def action(attempt: int) -> None:
        if attempt < 10:
            raise TransientRemoteError("gone")

    persist(action, RemoteSettings(name="x", kind="sftp", retries=10), waits.append)
    assert max(waits) == 60
