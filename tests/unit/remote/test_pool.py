"""Sessions are lent to one thread at a time, and no more are opened than allowed."""

import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any, cast

import pytest

from runner.errors import RemoteError, TransientRemoteError
from runner.remote import RemoteSettings
from runner.remote.pins import HostKeyError
from runner.remote.pool import Pool
from runner.remote.session import Session


class Line:
    """Stands in for a session; counts who uses it."""

    def __init__(self) -> None:
        self.is_reusable = True
        self.is_closed = False
        self.users = 0

    def close(self) -> None:
        self.is_closed = True
        self.is_reusable = False


class Exchange:
    """Opens lines, up to the number that it has."""

    def __init__(self, most: int = 100, error: RemoteError | None = None) -> None:
        self.lines: list[Line] = []
        self.refusals = 0
        self._most = most
        self._error = error or TransientRemoteError("no more")

    def open(self) -> Session:
        if sum(not line.is_closed for line in self.lines) >= self._most:
            self.refusals += 1
            raise self._error
        self.lines.append(Line())
        return cast(Session, self.lines[-1])


def pool(exchange: Exchange, most: int = 4) -> Pool:
    settings = RemoteSettings(name="webshop", kind="sftp", max_connections=most)
    return Pool(settings, exchange.open)


def use_by_many(tested: Pool, at_once: int) -> int:
    """Use a pool from many threads; return how many sessions were in use at once."""
    lock, most, now = threading.Lock(), 0, 0
    barrier = threading.Barrier(at_once)

    def use(number: int) -> None:
        nonlocal most, now
        with tested.lend() as session:
            line = cast(Any, session)
            with lock:
                line.users += 1
                now += 1
                most = max(most, now)
                assert line.users == 1
            if number < at_once:
                barrier.wait(5)
            with lock:
                line.users -= 1
                now -= 1

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(use, range(40)))
    return most


def test_no_more_sessions_are_opened_than_allowed() -> None:
    exchange = Exchange()
    assert use_by_many(pool(exchange, 3), at_once=3) == 3
    assert len(exchange.lines) == 3


def test_one_session_serves_one_thread_again_and_again() -> None:
    exchange = Exchange()
    tested = pool(exchange)
    for _ in range(5):
        with tested.lend():
            pass
    assert len(exchange.lines) == 1


def test_broken_session_is_closed_and_another_opened() -> None:
    exchange = Exchange()
    tested = pool(exchange, 1)
    with tested.lend() as session:
        cast(Any, session).is_reusable = False
    assert exchange.lines[0].is_closed
    with tested.lend() as session:
        assert session is cast(Any, exchange.lines[1])


def test_session_that_died_while_idle_is_not_lent() -> None:
    exchange = Exchange()
    tested = pool(exchange, 1)
    with tested.lend():
        pass
    exchange.lines[0].is_reusable = False
    with tested.lend() as session:
        assert session is cast(Any, exchange.lines[1])
    assert exchange.lines[0].is_closed


def test_server_that_allows_fewer_gets_fewer() -> None:
    exchange = Exchange(most=2)
    assert use_by_many(pool(exchange, 4), at_once=2) == 2
    assert len(exchange.lines) == 2


def test_server_that_refused_more_is_not_asked_again() -> None:
    exchange = Exchange(most=1)
    tested = pool(exchange, 4)

    def use() -> int:
        with tested.lend():
            return exchange.refusals

    with ThreadPoolExecutor(1) as threads:
        with tested.lend():
            waiting = threads.submit(use)
            with pytest.raises(TimeoutError):
                waiting.result(0.1)
        assert waiting.result(5) == 1


def test_first_session_that_fails_is_a_failure() -> None:
    with pytest.raises(TransientRemoteError, match="no more"), pool(Exchange(most=0)).lend():
        pass


def test_other_host_key_is_a_failure_also_while_sessions_are_open() -> None:
    tested = pool(Exchange(most=1, error=HostKeyError("changed")))
    with tested.lend(), pytest.raises(HostKeyError), tested.lend():
        pass


def test_closing_ends_idle_sessions_now_and_lent_ones_when_they_come_back() -> None:
    exchange = Exchange()
    tested = pool(exchange)
    with tested.lend():
        with tested.lend():
            pass
        tested.close()
        assert [line.is_closed for line in exchange.lines] == [False, True]
    assert exchange.lines[0].is_closed
    with pytest.raises(RemoteError, match="is closed"), tested.lend():
        pass


def test_closing_wakes_those_who_wait() -> None:
    tested = pool(Exchange(), 1)
    with ThreadPoolExecutor(1) as threads:
        with tested.lend():
            waiting = threads.submit(lambda: tested.lend().__enter__())
            tested.close()
        with pytest.raises(RemoteError, match="is closed"):
            waiting.result(5)
