"""A time in which a whole exchange with a server must be done."""

import errno
from collections.abc import Callable
from concurrent.futures import Future
from threading import Thread
from typing import TypeVar

Outcome = TypeVar("Outcome")


def within(seconds: float, action: Callable[[], Outcome]) -> Outcome:
    """Return what an action returns; raises what it raises, TimeoutError where it takes longer.

    The timeout of a socket counts silence: a server that sends a byte now and then outlasts it.
    An action that is not done in time goes on in a thread that ends with the process.
    """
    future: Future[Outcome] = Future()

    def run() -> None:
        try:
            future.set_result(action())
        except BaseException as error:  # noqa: BLE001
            future.set_exception(error)

    Thread(target=run, name="notify", daemon=True).start()
    try:
        return future.result(seconds)
    except TimeoutError:
        if future.done():
            raise
        raise TimeoutError(errno.ETIMEDOUT, f"it was not done within {seconds:g} s") from None
