"""`runner retry` does again what failed, and nothing else."""

import json

import pytest

from tests.functional.test_stopping import declare

pytestmark = pytest.mark.any_engine


def ran(shop):
    return set(shop.results())


def test_failed_model_runs_again_and_what_went_well_does_not(shop):
    declare(shop)
    shop.write("models/marts/broken.sql", "select nothing from {{ ref('profiles') }}\n")
    shop.write("models/marts/below.sql", "select * from {{ ref('broken') }}\n")
    shop.write("models/marts/good.sql", "select 1 as one\n")
    assert shop.run("build").code == 1
    shop.write("models/marts/broken.sql", "select email from {{ ref('profiles') }}\n")
    assert shop.run("retry").code == 0
    assert ran(shop) == {"broken", "below"}
    ended = shop.run("retry")
    assert (ended.code, "nothing failed" in ended.told) == (0, True)


def test_failed_import_runs_again_with_the_models_below_it(shop):
    declare(shop)
    shop.write("models/marts/people.sql", "select email from {{ ref('profiles') }}\n")
    shop.drop("people.csv", "mail\na@x.example\n")
    assert shop.run("build").code != 0
    shop.drop("people.csv", "email\na@x.example\n")
    ended = shop.run("retry")
    assert ended.code == 0, ended.told
    assert shop.rows("select count(*) from people") == [(1,)]
    assert json.loads(shop.run("history", "--json").stdout)[0]["command"] == "runner retry"


def test_build_that_was_not_published_is_done_again_whole(shop):
    declare(shop)
    shop.write("tests/nobody.sql", "select * from {{ ref('profiles') }}\n")
    assert shop.run("build").code == 1
    shop.write("tests/nobody.sql", "select * from {{ ref('profiles') }} where email is null\n")
    assert shop.run("retry").code == 0
    assert shop.rows("select count(*) from profiles") == [(2,)]


def test_build_of_one_connection_that_was_not_published_brings_no_other_one(shop):
    declare(shop)
    file = shop.folder / "connections/shop.yml"
    shop.write("connections/other.yml", file.read_text("utf-8").replace(": shop\n", ": other\n", 1))
    shop.write("tests/nobody.sql", "select * from {{ ref('profiles') }}\n")
    assert shop.run("build", "--connection", "shop").code == 1
    shop.write("tests/nobody.sql", "select * from {{ ref('profiles') }} where email is null\n")
    assert shop.run("retry").code == 0
    assert ran(shop) == {"shop.people", "nobody"}
    other = shop.folder / "connections/other.yml"
    other.write_text("enabled: false\n" + other.read_text("utf-8"), "utf-8")
    told = shop.run("build", "--connection", "other").told
    assert "connection 'other' has `enabled: false`: none of its goals runs" in told


def test_full_refresh_that_was_not_published_is_one_again(shop):
    declare(shop)
    shop.build()
    shop.write("tests/nobody.sql", "select * from {{ ref('profiles') }}\n")
    assert shop.run("build", "--full-refresh").code == 1
    assert shop.run("retry").code == 1
    shop.write("tests/nobody.sql", "select * from {{ ref('profiles') }} where email is null\n")
    assert shop.run("retry").code == 0
    assert shop.outcomes("shop.people") == {"created": 2}
    builds = json.loads(shop.run("history", "--json").stdout)
    assert builds[0]["command"] == "runner retry --full-refresh"


def test_nothing_to_retry_before_the_first_build(shop):
    declare(shop)
    assert shop.run("retry").code == 2
