"""The store of a warehouse that Spark reads and writes."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from runner.engine.spark.folder_storage import FolderStorage
from runner.engine.spark.session import SparkConnection, first_line, spark_errors
from runner.engine.spark.store import FolderDraft, PointerStore, new_token
from runner.engine.spark.tables import OpenTables
from runner.engine.spark.version import Version
from runner.engine.spark.warehouse import SparkWarehouse
from runner.engine.store import PUBLISHED, Draft
from runner.engine.warehouse import Warehouse
from runner.errors import ExecutionError

EARLIER = "earlier"
"""Name of the database of an attached version."""


@dataclass(frozen=True)
class ClusterStore(PointerStore):
    """Pointer files, and the address of the Spark Connect server that reads and writes folders."""

    remote: str
    token: str

    def open(
        self,
        version: str | Draft = PUBLISHED,
        *,
        spill_to: Path | None = None,  # noqa: ARG002
        is_lockable: bool = False,  # noqa: ARG002
    ) -> SparkWarehouse:
        """Open a version, as it is at this moment, to read it."""
        held = version.version if isinstance(version, FolderDraft) else self.version(str(version))
        return self._opened(held, None)

    def check_writable(self) -> str:
        """Return Spark with its version, once a row was written there by it, and read here."""
        draft = self.begin(None)
        name = "runner.check"
        try:
            with self.edit(draft) as warehouse:
                connection = warehouse.tables.connection
                warehouse.tables.put(name, connection.session.range(1))
                return f"spark {connection.session.version}"
        except spark_errors() as error:
            message = first_line(error)
            raise ExecutionError(f"{self.storage.root}: cannot write there: {message}") from error
        finally:
            self.discard(draft)

    def edit(self, draft: Draft) -> SparkWarehouse:
        """Open a draft to read and write it."""
        assert isinstance(draft, FolderDraft)
        return self._opened(draft.version, draft)

    @contextmanager
    def attached(self, warehouse: Warehouse, version: str) -> Iterator[str]:
        """Let statements read the tables of a version under `earlier`."""
        assert isinstance(warehouse, SparkWarehouse)
        warehouse.tables.earlier = self.version(version)
        try:
            yield EARLIER
        finally:
            warehouse.tables.earlier = Version()

    def scratch(self, folder: Path) -> SparkWarehouse:
        """Open an empty warehouse in a folder that the cluster reaches."""
        store = ClusterStore(FolderStorage(folder), self.remote, self.token)
        return store.edit(store.begin(None))

    def _opened(self, version: Version, draft: FolderDraft | None) -> SparkWarehouse:
        # A draft may be edited several times: each writes folders of other names.
        token = f"{draft.token}-{secrets.token_hex(2)}" if draft else new_token()
        connection = SparkConnection(self.remote, self.token)
        tables = OpenTables(connection, self.storage, version, token)
        return SparkWarehouse(tables, draft.keep if draft else None)
