"""A session of Spark Connect: opened, opened again, and its errors."""

import re
import socket
import warnings
from typing import TYPE_CHECKING, cast

from runner.engine.spark.cluster_function import FUNCTIONS
from runner.engine.spark.failure import failure_message
from runner.errors import ExecutionError, UsageError

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession
    from pyspark.sql.connect.session import SparkSession as ConnectSession

SETTINGS = {
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.timestampType": "TIMESTAMP_NTZ",
    "spark.sql.ansi.enabled": "true",
}
ADDRESS = re.compile(r"sc://(?P<host>\[[^\]]+\]|[^:/;]+)(?::(?P<port>\d+))?")
PORT = 15002
"""Where Spark Connect listens unless the address says otherwise."""
CONNECT_TIMEOUT = 20.0
"""Seconds within which a server has to accept a connection."""
CLIENT_LOGS = ("SQLQueryContextLogger", "DataFrameQueryContextLogger")
"""Where the client of Spark writes the errors that it raises, with the stack of the server."""
GONE = ("INVALID_HANDLE.SESSION", "SESSION_NOT_FOUND", "SESSION_CLOSED", "SESSION_CHANGED")
"""What messages of a session hold that the server has ended."""


class SparkConnection:
    """A session of a Spark Connect server, made when it is first used."""

    def __init__(self, remote: str, token: str) -> None:
        self._remote = remote
        self._token = token
        self._session: SparkSession | None = None
        # Functions of SQL that the session knows.
        self._known: set[str] = set()

    @property
    def session(self) -> "SparkSession":
        """Return the session; raises UsageError without pyspark, ExecutionError without server."""
        if self._session is None:
            self._session = self._opened()
        return self._session

    def _opened(self) -> "SparkSession":
        try:
            with warnings.catch_warnings():
                # Of a new pandas, which nothing here uses.
                warnings.simplefilter("ignore", FutureWarning)
                from pyspark.sql import SparkSession  # noqa: PLC0415 - of an extra

                from runner.engine.spark.patience import Patience  # noqa: PLC0415
        except ImportError as error:
            raise UsageError(
                f"`engine: spark` needs the client of Spark Connect: {error}",
                hint="pip install 'runner[spark]'",
            ) from error
        self._check_reachable()
        url = self._remote.rstrip("/")
        if self._token:
            url += ("" if "/;" in url else "/") + f";token={self._token}"
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", FutureWarning)
                session = SparkSession.builder.remote(url).create()
            hide_client_log()
            # Of itself the client would try for ten minutes.
            session.client.set_retry_policies([Patience()])
            for name, value in SETTINGS.items():
                session.conf.set(name, value)
        except spark_errors() as error:
            raise self._unreachable(failure_message(error)) from error
        return session

    def _check_reachable(self) -> None:
        """Raise ExecutionError where nothing listens: the client would try for ten minutes."""
        found = ADDRESS.match(self._remote)
        if found is None:
            raise self._unreachable("expected an address such as sc://spark.acme.example:15002")
        try:
            address = (found["host"].strip("[]"), int(found["port"] or PORT))
            socket.create_connection(address, timeout=CONNECT_TIMEOUT).close()
        except OSError as error:
            raise self._unreachable(error.strerror or str(error)) from error

    def _unreachable(self, reason: str) -> ExecutionError:
        return ExecutionError(
            f"cannot reach Spark Connect at {self._remote}: {reason}",
            hint="look at `remote` of the target, and whether the server runs",
        )

    def close(self) -> None:
        """End the session."""
        if self._session is not None:
            session, self._session = self._session, None
            # A server that is gone ends its sessions by itself.
            session.client.set_retry_policies([])
            session.stop()

    def reopen(self) -> None:
        """Begin a new session in place of one that the server has ended."""
        self._session = None
        self._known.clear()

    def frame(self, sql: str) -> "DataFrame":
        """Return the rows of a query, which are made when they are asked for.

        `session.sql` would ask the server first whether it is a query.
        """
        from pyspark.sql.connect.dataframe import DataFrame  # noqa: PLC0415
        from pyspark.sql.connect.plan import SQL  # noqa: PLC0415

        self._add_functions(sql)
        return DataFrame(SQL(sql), cast("ConnectSession", self.session))

    def _add_functions(self, sql: str) -> None:
        """Make functions of runner known where SQL calls them."""
        for name, made in FUNCTIONS.items():
            if name in sql.lower() and name not in self._known:
                with warnings.catch_warnings():
                    warnings.simplefilter("ignore", FutureWarning)
                    self.session.udf.register(name, made(), "string")
                self._known.add(name)


def hide_client_log() -> None:
    """Write no errors of statements beside ours: the client logs each, with values of rows (B7)."""
    from pyspark.logger import PySparkLogger  # noqa: PLC0415

    for name in CLIENT_LOGS:
        PySparkLogger.getLogger(name).disabled = True


def is_gone(error: BaseException) -> bool:
    """Tell whether the server has ended the session."""
    return any(word in str(error) for word in GONE)


def first_line(error: BaseException) -> str:
    """Return the first line of what an error says."""
    lines = str(error).strip().splitlines()
    return lines[0].strip() if lines else type(error).__name__


def spark_errors() -> tuple[type[BaseException], ...]:
    """Return what Spark raises for a statement, and gRPC for a server."""
    from grpc import RpcError  # noqa: PLC0415
    from pyspark.errors import PySparkException  # noqa: PLC0415

    return PySparkException, RpcError
