"""The verbs of a warehouse on a server that speaks Spark Connect."""

import socketserver
import subprocess
import sys
import threading
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pytest
from grpc import RpcError, StatusCode
from pyspark import cloudpickle
from pyspark.logger import PySparkLogger

from runner.engine.engines import cluster_store, warehouse_store
from runner.engine.schema import prepare
from runner.engine.snapshot import take_snapshot
from runner.engine.spark.cluster_function import FUNCTIONS
from runner.engine.spark.cluster_store import ClusterStore
from runner.engine.spark.sent_function import SentFunction, send_as_code
from runner.engine.spark.session import CLIENT_LOGS
from runner.engine.store import POINTER, PUBLISHED
from runner.engine.warehouse import Warehouse
from runner.errors import ExecutionError, Location, UsageError
from runner.model import SNAPSHOT_COLUMNS, Materialization, Model, SnapshotPlan
from runner.sql.quoting import Sql
from tests.servers.sail import sail

pytestmark = pytest.mark.filterwarnings("ignore")
T = 'main."t"'
SNAPSHOTS = ("(1, 'a'), (2, 'b')", "(1, 'a'), (2, 'c')", "(1, 'd'), (3, 'e')", "(2, 'c'), (3, 'e')")
ROWS = "select 1 as id, 'a' as name union all select 2, null union all select 3, 'it''s'"


@pytest.fixture
def store(tmp_path: Path, remote: str) -> ClusterStore:
    store = cluster_store(str(tmp_path / "warehouse"), remote, "")
    assert isinstance(store, ClusterStore)
    return store


def model(sql: str, relation: str = T, kind: Materialization = "table") -> Model:
    lines = tuple(Location("models/t.sql", number) for number in range(1, sql.count("\n") + 2))
    return Model("t", sql, Sql(relation), kind, "t.sql", lines)


def rows(
    warehouse: Warehouse, sql: str = f"select * from {T} order by id"
) -> list[tuple[object, ...]]:
    return warehouse.read(model(sql))


def test_rows_are_written_changed_and_read(store: ClusterStore) -> None:
    with store.edit(store.begin()) as warehouse:
        assert warehouse.create(model(ROWS)) == [(3,)]
        assert rows(warehouse) == [(1, "a"), (2, None), (3, "it's")]
        warehouse.insert(T, [{"id": 4, "name": "d\\n"}, {"id": 5, "name": None}])
        assert warehouse.count(T) == 5
        assert warehouse.count(T, id=(1, 4)) == 2
        assert warehouse.exists(T, name="d\\n")
        warehouse.delete(T, id=5)
        warehouse.delete(T, name="a")
        assert rows(warehouse) == [(2, None), (3, "it's"), (4, "d\\n")]
        warehouse.create(model("select 3 as id, 'c' as name", '"a.b"'), is_temporary=True)
        warehouse.upsert(T, '"a.b"', "id")
        assert rows(warehouse) == [(2, None), (3, "c"), (4, "d\\n")]
        warehouse.delete_matching(T, '"a.b"', ("id", "name"))
        warehouse.create(
            model("select 2 as id, 'two' as name, 9 as more", '"fresh"'), is_temporary=True
        )
        warehouse.replace(T, '"fresh"', '"fresh"', "id", ("more",))
        assert rows(warehouse) == [(2, "two"), (4, "d\\n")]
        warehouse.fill(model("select 7 as id"))
        assert rows(warehouse) == [(7, None)]
        warehouse.delete(T)
        assert warehouse.count(T) == 0
        assert warehouse.columns(model(f"select * from {T}")) == ["id", "name"]
        assert not warehouse.exists(T)


def test_rows_are_changed_where_another_relation_says_so(store: ClusterStore) -> None:
    with store.edit(store.begin()) as warehouse:
        warehouse.create(model(ROWS))
        junk = "select 'a' as value, 'name' as identifier, true as is_junk"
        warehouse.create(model(junk, '"junk"'), is_temporary=True)
        values = {"rows": Sql(T), "shared": Sql('"junk"'), "key": "name", "identifier": "name"}
        warehouse.perform("identifiers.drop_junk", **values)
        assert rows(warehouse) == [(1, None), (2, None), (3, "it's")]


def test_table_without_rows_keeps_its_columns_and_types(store: ClusterStore) -> None:
    draft = store.begin()
    with store.edit(draft) as warehouse:
        warehouse.create(model("select cast(1 as decimal(38,10)) as n, null as x where false"))
    store.publish(draft)
    with store.open() as warehouse:
        assert warehouse.perform("relation.describe", select=Sql(f"select * from {T}")) == [
            ("n", "decimal(38,10)"),
            ("x", "string"),
        ]
        assert warehouse.count(T) == 0


def test_transaction_keeps_all_or_nothing(store: ClusterStore) -> None:
    with store.edit(store.begin()) as warehouse:
        warehouse.create(model(ROWS))

        def fails() -> None:
            with warehouse.transaction():
                warehouse.delete(T)
                assert warehouse.count(T) == 0
                warehouse.create(model("select nothing"))

        with pytest.raises(ExecutionError):
            fails()
        assert warehouse.count(T) == 3


def test_versions_are_published_read_and_attached(store: ClusterStore) -> None:
    for number, previous in ((1, ""), (2, "build_1")):
        draft = store.begin()
        with store.edit(draft) as warehouse:
            warehouse.create(model(f"select {number} as id"))
            warehouse.create(model(f"select id + 1 as id from {T}", 'main."v"'), is_view=True)
            warehouse.create(model("select 0 as id", '"temporary"'), is_temporary=True)
        with store.open(draft) as reader:
            assert rows(reader) == [(number,)]
        store.publish(draft, previous_build=previous)
        store.discard(draft)
    with store.open("build_1") as earlier, store.open() as reader:
        assert (rows(earlier), rows(reader)) == ([(1,)], [(2,)])
        assert rows(reader, "select id from v") == [(3,)]
        assert reader.relations() == {'main."t"': "BASE TABLE", 'main."v"': "VIEW"}
        with store.attached(reader, "build_1") as name:
            assert rows(reader, f"select id from {name}.main.t") == [(1,)]
        with store.attached(reader, PUBLISHED) as name:
            assert rows(reader, f"select id from {name}.main.t") == [(2,)]


def test_tables_of_runner_are_made_once(store: ClusterStore) -> None:
    draft = store.begin()
    with store.edit(draft) as warehouse:
        prepare(warehouse)
        assert warehouse.has("runner", "files")
        warehouse.insert("runner.goals", [{"goal": "a.b", "fingerprint": "x", "parts": None}])
        warehouse.perform("ledger.store_build", build_id="b1")
    made = draft.version
    with store.edit(draft) as warehouse:
        prepare(warehouse)
        assert warehouse.perform("ledger.goals") == [("a.b", "x", None)]
        assert warehouse.value("ledger.published_build") == "b1"
    assert draft.version == made


def test_rows_without_names_are_added_by_position(store: ClusterStore) -> None:
    with store.edit(store.begin()) as warehouse:
        prepare(warehouse)
        warehouse.create(model("select 'p1' as profile_id"))
        warehouse.perform("profiles.list_members", segment="vip", relation=Sql(T))
        assert rows(warehouse, "select segment, profile_id from segment_members") == [("vip", "p1")]


def test_lines_are_read_here_and_joined_there(store: ClusterStore) -> None:
    """A hash is the same 16 bytes that Spark makes: of a number, the highest byte first."""
    lines = "select 'a' || n as x, md5_number('m') as line_hash from range(3) as t (n)"
    with store.edit(store.begin()) as warehouse:
        warehouse.read_lines(model(lines, '"shop.lines"', "temporary"))
        assert warehouse.count('"shop.lines"') == 3
        numbered = rows(warehouse, 'select x, _row_id as n from "shop.lines" order by n')
        assert numbered == [("a0", 0), ("a1", 1), ("a2", 2)]
        (hashed,) = warehouse.read(model('select distinct hex(line_hash) as h from "shop.lines"'))
        assert hashed == ("1B50A1D98839453226DA905071578F6F",)
        with pytest.raises(ExecutionError):
            warehouse.read_lines(model("select nothing", '"shop.lines"'))


def test_files_are_written_here(store: ClusterStore, tmp_path: Path) -> None:
    path = tmp_path / "lines"
    with store.edit(store.begin()) as warehouse:
        warehouse.create(model(ROWS))
        every = model(f"select * from {T}")
        assert warehouse.write_rows(model("select 1 as a, 'b,c' as d"), path) == 1
        assert path.read_text() == 'a,d\n1,"b,c"\n'
        assert warehouse.write_parquet(every, path) == 3
        assert warehouse.save_parquet(path, "relation.rows", relation=Sql(T)) == 3
        values = {"relation": Sql(T), "path": path, "format": "csv"}
        warehouse.perform("external", **values, options={"delimiter": ";", "header": False})
        assert sorted(path.read_text().splitlines()) == ["1;a", "2;", "3;it's"]
        with pytest.raises(ExecutionError, match="external"):
            warehouse.perform("external", **values, options={"no_such": 1})


def test_lines_are_written_in_their_order(store: ClusterStore, tmp_path: Path) -> None:
    path = tmp_path / "lines.csv"
    lines = model("select 'é;\"x\"' as a, 2 as n union all select 'b', 1 union all select 'c', 10")
    with store.open() as warehouse:
        assert warehouse.write_csv(lines, "concat(a, ';', n)", "n", "A;N", path) == 3
        assert path.read_bytes() == 'A;N\nb;1\né;"x";2\nc;10\n'.encode()
        assert warehouse.write_csv(lines, "a", "n", None, path) == 3
        assert path.read_bytes() == 'b\né;"x"\nc\n'.encode()


def test_rows_of_files_of_this_machine_are_joined_there(
    store: ClusterStore, tmp_path: Path
) -> None:
    """As Spark has them: an id is its text, a hash its bytes."""
    first, second = tmp_path / "first.parquet", tmp_path / "second.parquet"
    an_id = "0a0a0a0a-0000-4000-8000-00000000000a"
    with duckdb.connect() as local:
        ids = f"select '{an_id}'::uuid as profile_id, 255::uhugeint as hash"
        local.execute(f"copy ({ids}, ['a'] as texts) to '{first}' (format parquet)")
        local.execute(f"copy ({ids}, null::varchar[] as texts) to '{second}' (format parquet)")
    with store.open() as warehouse:
        held = warehouse.file_rows(first, second)
        found = rows(warehouse, f"select * from {held} order by texts nulls last")
        assert found == [(an_id, 255, ["a"]), (an_id, 255, None)]
        (tmp_path / "none.parquet").write_text("no rows")
        with pytest.raises(ExecutionError, match=r"none\.parquet"):
            warehouse.file_rows(tmp_path / "none.parquet")


def test_error_is_at_the_line_of_the_model(store: ClusterStore) -> None:
    with store.edit(store.begin()) as warehouse:
        with pytest.raises(ExecutionError, match="nothing") as raised:
            warehouse.create(model("select\n  nothing\nfrom (select 1 as some) as x"))
        assert str(raised.value.location).startswith("models/t.sql:")
        with pytest.raises(ExecutionError) as raised:
            warehouse.create(model("select 1,\n  2 +\n  )\n\nfrom x"))
        assert raised.value.location == Location("models/t.sql", 3)
        with pytest.raises(ExecutionError) as raised:
            warehouse.create(
                model("select cast(x as int) as y from (select concat('a@b', '.nl') as x) as t")
            )
        assert "a@b.nl" not in str(raised.value)


def test_client_logs_no_error_with_its_values(
    store: ClusterStore, capfd: pytest.CaptureFixture[str]
) -> None:
    """(B7)"""
    with store.edit(store.begin()) as warehouse, pytest.raises(ExecutionError):
        warehouse.create(model("select cast(x as int) as y from (select concat('a', 1) as x) as t"))
    for name in CLIENT_LOGS:
        PySparkLogger.getLogger(name).exception("a1", errorClass="CAST_INVALID_INPUT")
    assert capfd.readouterr().err == ""


def test_locked_warehouse_reads_no_files(store: ClusterStore) -> None:
    with store.edit(store.begin()) as warehouse:
        warehouse.create(model(ROWS))
        warehouse.lock()
        assert len(rows(warehouse)) == 3
        with pytest.raises(ExecutionError, match="found `parquet`"):
            rows(warehouse, f"select * from parquet.`{store.storage.root}`")


def without_runner(code: str, sent: object) -> str:
    """Return what code prints in a process that cannot import runner, of `sent` as it gets it."""
    head = "import pickle, sys; sys.modules['runner'] = None; sent = pickle.load(sys.stdin.buffer)"
    made = subprocess.run(
        [sys.executable, "-c", f"{head}\n{code}"],
        input=cloudpickle.dumps(sent),
        capture_output=True,
        check=True,
    )
    return made.stdout.decode().strip()


def test_functions_on_the_cluster_need_no_runner_there() -> None:
    calls = [("runner_nfc", ("e\u0301",)), ("telephone_number", ("06-12345678", "31"))]
    sent = [(FUNCTIONS[name](), given) for name, given in calls]
    shown = without_runner("print(ascii([f(*given) for f, given in sent]))", sent)
    assert shown == r"['\xe9', '+31612345678']"


def test_function_of_the_project_is_sent_with_all_that_calls_it() -> None:
    send_as_code()
    step = SentFunction("f", "m:f", {"m": ("/p/m.py", "def f(rows): return {}\n")}, ("a",), ("n",))
    code = """
import pyarrow
rows = pyarrow.RecordBatch.from_pydict({"called": [True], "a": ["x"]})
try:
    print(list(sent(iter([rows]))))
except RuntimeError as error:
    print(error)
"""
    assert "it gave the columns none; `into` names n" in without_runner(code, step.answers)


def test_server_that_is_not_there_is_reported(tmp_path: Path) -> None:
    store = cluster_store(str(tmp_path), "sc://127.0.0.1:1", "")
    message = r"cannot reach Spark Connect at sc://127\.0\.0\.1:1"
    with store.open() as warehouse, pytest.raises(ExecutionError, match=message):
        rows(warehouse, "select 1")


def test_server_of_something_else_is_reported_in_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("runner.engine.spark.patience.RETRIES", 0)
    with socketserver.TCPServer(("127.0.0.1", 0), socketserver.BaseRequestHandler) as other:
        threading.Thread(target=other.serve_forever, daemon=True).start()
        address = f"sc://127.0.0.1:{other.server_address[1]}"
        store = cluster_store(str(tmp_path), address, "")
        with store.open() as warehouse, pytest.raises(ExecutionError) as raised:
            rows(warehouse, "select 1")
        other.shutdown()
    told = f"cannot reach Spark Connect at {address}: Spark Connect does not answer"
    assert str(raised.value).startswith(told)


def test_place_of_a_warehouse_is_checked(remote: str) -> None:
    with pytest.raises(UsageError, match="cannot be at hdfs://"):
        cluster_store("hdfs://a/b", remote, "")


def test_a_view_of_a_temporary_table_shows_it_as_it_is_now(store: ClusterStore) -> None:
    held, shown = '"g.rows"', '"g.changed"'
    with store.edit(store.begin()) as warehouse:
        for number in (1, 2):
            warehouse.run(model(f"select {number} as id", held, "temporary"))
            warehouse.run(model(f"select id from {held}", shown, "view"))
            assert rows(warehouse, f"select * from {shown}") == [(number,)]


def test_a_server_that_ends_leaves_what_was_published(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("runner.engine.spark.patience.RETRIES", 1)
    pointer = tmp_path / "warehouse" / POINTER
    with sail() as (address, server):
        store = cluster_store(str(tmp_path / "warehouse"), address, "")
        draft = store.begin()
        with store.edit(draft) as warehouse:
            warehouse.create(model(ROWS))
        store.publish(draft)
        published = pointer.read_bytes()
        with store.edit(store.begin()) as warehouse:
            assert len(rows(warehouse)) == 3
            server.kill()
            server.wait()
            with pytest.raises(ExecutionError, match="Spark Connect does not answer"):
                warehouse.create(model("select 4 as id"))
        assert pointer.read_bytes() == published


def test_a_server_that_does_not_answer_is_waited_for_once() -> None:
    from pyspark.sql.connect.client.retries import Retrying  # noqa: PLC0415 - warns of pandas

    from runner.engine.spark.patience import RETRIES, Patience  # noqa: PLC0415

    patience = Patience()
    waits: list[float] = []

    class Unanswered(RpcError):
        def code(self) -> StatusCode:
            return StatusCode.UNAVAILABLE

        def trailing_metadata(self) -> None:
            return None

    def send() -> None:
        for attempt in Retrying([patience], sleep=waits.append):
            with attempt:
                raise Unanswered

    for _ in range(3):
        with pytest.raises(Unanswered):
            send()
    assert len(waits) == RETRIES
    assert 15 < sum(waits) < 25


def test_rows_added_to_a_temporary_table_have_numbers_of_their_own(store: ClusterStore) -> None:
    with store.edit(store.begin()) as warehouse:
        warehouse.run(model("select 1 as id union all select 2", '"g.rows"', "temporary"))
        warehouse.run(model("select 3 as id union all select 4", '"g.rows"', "append"))
        numbers = 'select count(distinct _row_id) as numbers, count(_row_id) as rows from "g.rows"'
        assert rows(warehouse, numbers) == [(4, 4)]


@pytest.mark.parametrize("hard_deletes", ["ignore", "invalidate", "new_record"])
def test_snapshot_is_that_of_duckdb(store: ClusterStore, tmp_path: Path, hard_deletes: str) -> None:
    plan = SnapshotPlan(
        "check", "", (), hard_deletes, "", {name: name for name in SNAPSHOT_COLUMNS}
    )
    local = warehouse_store(tmp_path / "w.duckdb", tmp_path / "kept")
    taken = []
    for other in (local, store):
        with other.edit(other.begin(None)) as warehouse:
            for hour, values in enumerate(SNAPSHOTS):
                select = f"select * from (values {values}) as t(id, name)"
                given = replace(model(select, kind="snapshot"), unique_key=("id",), snapshot=plan)
                take_snapshot(warehouse, given, datetime(2026, 1, 1, hour, tzinfo=UTC))
            found = warehouse.read(model(f"select * from {T} order by id, dbt_valid_from"))
            taken.append([tuple(map(str, row)) for row in found])
    assert taken[0] == taken[1]
    assert len(taken[0]) >= 4
