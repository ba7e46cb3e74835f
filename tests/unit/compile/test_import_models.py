"""The models of an import, whole and in part."""

from runner.compile.batch_traits import BatchTraits
from runner.compile.import_models import import_models, suppressed_models
from tests.unit.sql.goals import FIND_BY_EMAIL


def test_models_that_find_suppressed_rows_are_those_of_a_first_import() -> None:
    bench = FIND_BY_EMAIL.workbench
    given = (bench.plan, {}, bench.workspace.project, bench.workspace.library)
    traits = BatchTraits(is_first=True, is_suppressing=True)
    whole = import_models(*given, "", traits).models
    some = suppressed_models(*given).models
    assert {"lines.rows", "rows", "suppressed_rows"} <= some.keys()
    assert some == {name: whole[name] for name in some}
