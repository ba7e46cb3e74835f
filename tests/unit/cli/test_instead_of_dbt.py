"""Commands and options of dbt that are written otherwise here say so."""

import pytest
from click.testing import CliRunner

from runner.cli.main import main


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("run --defer --state prod", "`--defer` of dbt is not here: models that are not selected"),
        ("build --profiles-dir=x", "`--profiles-dir` of dbt is not here: targets are in"),
        ("ls -m vip", "`-m` of dbt is not here: use --select"),
        ("seed", "There is no command 'seed'. It is one of dbt: seeds are built by"),
        ("source freshness", "There is no command 'source'. It is one of dbt: `runner scan`"),
    ],
)
def test_habit_of_dbt_is_answered_with_what_to_do(line, said):
    ended = CliRunner().invoke(main, line.split())
    assert ended.exit_code == 2
    assert said in ended.output
