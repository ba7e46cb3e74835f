"""Trying again what failed in passing."""

import time
from collections.abc import Callable
from typing import TypeVar

from runner.errors import TransientRemoteError
from runner.remote.settings import RemoteSettings

LONGEST_WAIT = 60.0

Outcome = TypeVar("Outcome")


def persist(
    action: Callable[[int], Outcome],
    settings: RemoteSettings,
    sleep: Callable[[float], None] = time.sleep,
) -> Outcome:
    """Return what `action` returns, trying again after each TransientRemoteError.

    `action` gets the number of the attempt, from 0. Between attempts it waits
    `settings.backoff` seconds, doubled each time, at most a minute. After `settings.retries`
    more attempts the last failure is raised; every other error is raised at once.
    """
    attempt = 0
    while True:
        try:
            return action(attempt)
        except TransientRemoteError as error:
            if attempt >= settings.retries:
                raise _last(error, attempt + 1) from error
        sleep(min(settings.backoff * 2**attempt, LONGEST_WAIT))
        attempt += 1


def _last(error: TransientRemoteError, attempts: int) -> TransientRemoteError:
    times = f" (tried {attempts} times)" if attempts > 1 else ""
    return TransientRemoteError(f"{error.message}{times}", error.location, error.hint)
