from runner.compile.expression import Expression
from runner.compile.planned_step import PythonCall
from runner.errors import Location
from tests.unit.sql.expression import values_of

LINE = Location("connections/shop.yml", 7)
CALL = PythonCall(LINE, '"upper"', "names:upper", (("name", Expression("name", LINE)),), ("name",))
GIVEN = "select 'ann' as name, true as is_kept union all select 'bob', false order by name"


def test_function_is_called_for_rows_that_meet_the_condition() -> None:
    assert values_of("{{ python_call(call, 'is_kept') }}", GIVEN, call=CALL) == ["ANN", None]
    assert values_of("{{ python_call(call) }}", GIVEN, call=CALL) == ["ANN", "BOB"]
