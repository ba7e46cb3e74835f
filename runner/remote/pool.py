"""The sessions of one SFTP connection, lent to one thread at a time."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from runner.errors import RemoteError
from runner.remote.pins import HostKeyError
from runner.remote.session import Session
from runner.remote.settings import RemoteSettings


class Pool:
    """Up to `max_connections` sessions, opened as they are needed.

    A session shared by threads is slower than one alone, so each is lent to one.
    Where a server refuses a further session while others are open, the pool makes do with those.
    """

    def __init__(self, settings: RemoteSettings, opener: Callable[[], Session]) -> None:
        self._settings = settings
        self._opener = opener
        self._limit = max(1, settings.max_connections)
        self._idle: list[Session] = []
        self._open = 0
        self._is_closed = False
        self._changed = threading.Condition()

    @contextmanager
    def lend(self) -> Iterator[Session]:
        """Lend a session; one that comes back broken is closed instead of lent again."""
        session = self._acquire()
        try:
            yield session
        finally:
            self._give_back(session)

    def close(self) -> None:
        """Close all that is idle now, and the rest as it comes back."""
        with self._changed:
            self._is_closed = True
            idle, self._idle = self._idle, []
            self._open -= len(idle)
            self._changed.notify_all()
        for session in idle:
            session.close()

    def _acquire(self) -> Session:
        while True:
            with self._changed:
                self._changed.wait_for(self._is_served)
                if self._is_closed:
                    raise RemoteError(f"{self._settings.label}: the connection is closed")
                session = self._idle.pop() if self._idle else None
                if session is None:
                    self._open += 1
            if session is None:
                session = self._opened()
            if session is not None and session.is_reusable:
                return session
            if session is not None:
                self._give_back(session)

    def _is_served(self) -> bool:
        return self._is_closed or bool(self._idle) or self._open < self._limit

    def _opened(self) -> Session | None:
        """Open a session; None when the server wants no more than there are."""
        try:
            return self._opener()
        except BaseException as error:
            with self._changed:
                self._open -= 1
                others = self._open
                self._changed.notify_all()
                if (
                    others
                    and isinstance(error, RemoteError)
                    and not isinstance(error, HostKeyError)
                ):
                    self._limit = min(self._limit, others)
                    return None
            raise

    def _give_back(self, session: Session) -> None:
        with self._changed:
            keep = session.is_reusable and not self._is_closed
            if keep:
                self._idle.append(session)
            else:
                self._open -= 1
            self._changed.notify()
        if not keep:
            session.close()
