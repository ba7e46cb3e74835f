"""How many keys of a sample of lines find a partner."""

from runner.compile.expression import Expression
from runner.compile.link import LinkKey
from runner.errors import Location
from tests.unit.sql.expression import query_rows
from tests.unit.sql.rendering import template_rows

AT = Location("shop.yml", 1, 1)


def test_keys_without_a_partner_are_shown() -> None:
    query_rows(
        "create or replace temp table above as select * from (values ('1', 'a'), ('1', 'a'), ('2', 'a'),"
        " (null, 'a'), ('3', null), ('9', 'z'), ('8', 'z')) as t(id, shop)"
    )
    query_rows(
        "create or replace temp table below as select * from (values ('1', 'a'), ('1', 'A'), ('7', 'b'),"
        " (null, 'a')) as t(number, place)"
    )
    variables = {
        "above": "above",
        "below": "below",
        "keys": [
            LinkKey(Expression("number", AT, is_column=True), Expression("id", AT, is_column=True)),
            LinkKey(Expression("lower(place)", AT), Expression("shop", AT, is_column=True)),
        ],
    }
    (found,) = template_rows("inspect", "link_sample", **variables, step=1)
    (sampled,) = template_rows("inspect", "link_sample", **variables, step=3)
    query_rows("drop table above")
    query_rows("drop table below")
    assert found == (7, 2, 4, 1, 2, ["2 + a", "8 + z", "9 + z"], ["1 + a", "7 + b"])
    assert sampled[:2] == (3, 1)
