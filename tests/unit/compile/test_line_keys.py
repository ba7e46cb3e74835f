"""The columns of `key`, found in the header of the main file."""

import pytest

from runner.errors import DefinitionError
from tests.unit.sql.workbench import Goal

BODY = """\
files:
  rows: 'rows_*.csv'
  prices: {{path: prices.csv, join: {{sku: rows.sku}}}}
key: {key}
identify: {{by: [{{email: rows.email}}]}}
"""


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("[email, number]", "connections/shop.yml:10:10: there is no column 'number'"),
        (
            "prices.sku",
            "connections/shop.yml:10:10: found 'prices.sku'; expected a column of `rows`",
        ),
    ],
)
def test_key_names_columns_of_the_main_file(key: str, expected: str) -> None:
    headers = {"rows": "email sku", "prices": "sku price"}
    goal = Goal(BODY.format(key=key), "email: {identifier: true}\n", headers)
    with pytest.raises(DefinitionError) as raised:
        assert goal.workbench
    assert expected in str(raised.value)
