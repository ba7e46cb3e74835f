"""Seeds are tables of the types that their values have."""

from runner.definitions.seed import read_seeds
from runner.orchestrate.build import run_build
from runner.orchestrate.options import BuildOptions
from runner.warehouse.publication import open_published
from runner.workspace.workspace import open_workspace

CODES = (
    'code,rate,n,ok,since,seen,"odd {{ x }} {% y %}"\n'
    "007,1.5,3,true,2026-01-31,2026-01-31 10:00:00,it's}}\n"
    '012,2,,FALSE,2026-02-01,2026-01-31T10:00,"a, ""b"""\n'
)


def seeds(folder, text, types=None):
    (folder / "seeds").mkdir()
    (folder / "seeds/codes.csv").write_bytes(text.encode())
    faults = []
    found = list(read_seeds(folder, {"codes": types or {}}, faults))
    return found, [str(fault) for fault in faults]


def test_seed_is_a_table_that_models_read(tmp_path):
    seeds(tmp_path, CODES)
    (tmp_path / "runner_project.yml").write_text("name: shop\n")
    (tmp_path / "seeds/codes.yml").write_text(
        "seeds:\n  - name: codes\n    columns:\n      - {name: rate, data_type: 'decimal(9,2)'}\n"
        "      - {name: code, tests: [unique]}\n"
    )
    (tmp_path / "models").mkdir()
    (tmp_path / "models/first.sql").write_text("select * from {{ ref('codes') }} where n = 3\n")
    workspace = open_workspace(tmp_path)
    result = run_build(workspace, BuildOptions())
    assert [(node.name, node.status) for node in result.nodes] == [
        ("codes", "success"),
        ("first", "success"),
        ("unique_codes_code", "pass"),
    ]
    with open_published(workspace) as warehouse:
        rows = warehouse.connection.execute("select * from codes order by code").fetchall()
        types = [
            str(column[1]) for column in warehouse.connection.execute("from codes").description
        ]
    assert types == ["VARCHAR", "DECIMAL(9,2)", "BIGINT", "BOOLEAN", "DATE", "TIMESTAMP", "VARCHAR"]
    assert [row[0] for row in rows] == ["007", "012"]
    assert [row[-1] for row in rows] == ["it's}}", 'a, "b"']
    assert rows[1][2] is None


def test_seed_without_rows_has_its_columns(tmp_path):
    (file,), faults = seeds(tmp_path, "a,b\n")
    assert faults == []
    assert file.text == '{{ seed_rows(["a", "b"], ["varchar", "varchar"], []) }}'


def test_mistakes_of_a_seed_are_at_the_file(tmp_path):
    for number, (text, said) in enumerate(
        (
            ("a,a\n1,2\n", "the first line of a seed names its columns, each once"),
            ("", "the first line of a seed names its columns, each once"),
            ("a,b\n1\n", "found 1 fields; the header has 2"),
            ('a\n"x\n', "this is no CSV"),
            ("a\n" + "1\n" * 5_001, "a seed has at most 5,000 rows"),
        )
    ):
        folder = tmp_path / str(number)
        folder.mkdir()
        (fault,) = seeds(folder, text)[1]
        line = 2 if said.startswith("found") else 1
        assert fault.startswith(f"seeds/codes.csv:{line}:1: {said}")
