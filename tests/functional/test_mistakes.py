"""A mistake gives one clear message at the line that was written; the rest of the build goes on."""

import os
import re
import shutil
from pathlib import Path

import pytest

from tests.functional.workshop import Workshop
from tests.servers.command import Ended
from tests.servers.sshd import Sshd, make_key

pytestmark = pytest.mark.any_engine

PROPERTIES = """\
email: {identifier: true}
name: text
born: date
spent: decimal(18,2)
tags: {multi: true}
"""
# Line 1 is `connection: shop`, the goals begin in line 5.
PEOPLE = """\
- name: people
  kind: import_profiles
  files:
    people: people.csv
  process:
    - set:
        email: lower(people.email)
  identify:
    by: [{email: email}]
  map:
    name: people.name
    born: people.born
    spent: {from: people.spent, strategy: sum}
    tags: {from: people.tags, strategy: add}
"""
OTHERS = """\
- name: others
  kind: import_profiles
  files: {others: others.csv}
  identify: {by: [{email: others.email}]}
"""
EXPORT = """\
- name: rich
  kind: export_profiles
  segment: rich
  file_name: rich.csv
  columns:
    - {header: EMAIL, property: email}
"""
SEGMENT = "select profile_id from {{ ref('profiles') }} where spent > 1\n"


@pytest.fixture
def sound(shop: Workshop) -> Workshop:
    """A project without a mistake: two imports, a segment, a mart and an export."""
    shop.properties(PROPERTIES)
    shop.goals(PEOPLE + OTHERS + EXPORT)
    shop.write("models/segments/rich.sql", SEGMENT)
    shop.write("models/marts/names.sql", "select name from {{ ref('profiles') }}\n")
    shop.drop("people.csv", "email,name,born,spent,tags\nA@x.nl,Anna,1990-01-31,5.00,a|b\n")
    shop.drop("others.csv", "email\nb@x.nl\n")
    return shop


def change(shop: Workshop, path: str, old: str, new: str) -> int:
    """Replace what stands in one line of a file; returns the number of the line."""
    file = shop.folder / path
    lines = file.read_text().splitlines()
    (number,) = [index for index, line in enumerate(lines) if old in line]
    lines[number] = lines[number].replace(old, new)
    file.write_text("\n".join(lines) + "\n")
    return number + 1


def locations(ended: Ended) -> list[str]:
    """Return the `file:line` of each message, in their order."""
    return re.findall(
        r"(?:^|\s)((?:connections|models|macros|tests|runner)\S*?:\d+):\d+:", ended.told
    )


def assert_told_once(ended: Ended, code: int, location: str, *words: str) -> None:
    """The command ended with this code and one message, at the place, with the words in it."""
    assert ended.code == code, ended.told
    assert "Traceback" not in ended.told
    assert locations(ended) == [location], ended.told
    for word in words:
        assert word in ended.told, ended.told


def emails(shop: Workshop) -> list[str]:
    """Return the e-mail addresses that were imported."""
    return [row[0] for row in shop.profiles("email")]


def test_sound_project_builds(sound: Workshop) -> None:
    sound.build()
    assert emails(sound) == ["a@x.nl", "b@x.nl"]
    assert (sound.folder / "drop/rich.csv").read_text() == "EMAIL\na@x.nl\n"


@pytest.mark.parametrize(
    ("path", "old", "new", "words"),
    [
        ("connections/shop.yml", "strategy: sum", "stratgy: sum", ["unknown key `stratgy`", "Did you mean 'strategy'?", "Allowed here: from, latest_by, strategy, value"]),
        ("connections/shop.yml", "strategy: sum", "strategy: summ", ["found 'summ'", "Did you mean 'sum'?"]),
        ("connections/shop.yml", "born: people.born", "born: {from: people.born, strategy: sum}", ["`sum` needs a number", "`born` is date"]),
        ("connections/shop.yml", "name: people.name", "name: {from: people.name, strategy: add}", ["`add` needs a property of several values", "multi: true"]),
        ("connections/shop.yml", "name: people.name", "nmae: people.name", ["there is no property 'nmae'", "Did you mean 'name'?", "models/properties.yml"]),
        ("connections/shop.yml", "segment: rich", "segment: ritch", ["there is no segment 'ritch'", "Did you mean 'rich'?"]),
        ("connections/shop.yml", "property: email", "property: emial", ["there is no property 'emial'", "Did you mean 'email'?"]),
        ("connections/shop.yml", "people: people.csv", "people: [people.csv]", ["expected"]),
        ("models/properties.yml", "born: date", "born: dat", ["found 'dat'", "Did you mean 'date'?"]),
        ("models/segments/rich.sql", "ref('profiles')", "ref('profile')", ["there is no model 'profile'", "Did you mean 'profiles'?"]),
    ],
    ids=["key", "value", "type", "multi", "property", "segment", "exported property", "shape", "property type", "ref"],
)  # fmt: skip
def test_definition_is_refused_at_its_line_before_anything_is_touched(
    sound: Workshop, path: str, old: str, new: str, words: list[str]
) -> None:
    line = change(sound, path, old, new)
    ended = sound.run("build")
    assert_told_once(ended, 2, f"{path}:{line}", *words)
    assert not sound.warehouse.exists()


def test_line_that_is_no_yaml_is_told_with_its_location(sound: Workshop) -> None:
    line = change(sound, "connections/shop.yml", "segment: rich", "segment: rich: er")
    assert_told_once(sound.run("build"), 2, f"connections/shop.yml:{line}")


def test_two_faults_are_told_at_once(sound: Workshop) -> None:
    first = change(sound, "connections/shop.yml", "strategy: sum", "stratgy: sum")
    second = change(sound, "models/properties.yml", "born: date", "born: dat")
    ended = sound.run("build")
    assert ended.code == 2
    assert sorted(locations(ended)) == [
        f"connections/shop.yml:{first}",
        f"models/properties.yml:{second}",
    ]
    assert "2 errors" in ended.stderr


def test_column_that_a_file_lacks_fails_its_goal_alone(sound: Workshop) -> None:
    line = change(sound, "connections/shop.yml", "born: people.born", "born: people.birth")
    ended = sound.run("build")
    assert_told_once(
        ended,
        1,
        f"connections/shop.yml:{line}",
        "`people` has no column 'birth'",
        "Its columns: email, name, born, spent, tags",
    )
    assert emails(sound) == ["b@x.nl"]


def test_file_that_lacks_a_column_of_the_others_is_named(sound: Workshop) -> None:
    change(sound, "connections/shop.yml", "people: people.csv", "people: 'people*.csv'")
    sound.drop("people_2.csv", "email,name,spent,tags\nc@x.nl,Cleo,5.00,a\n")
    ended = sound.run("build")
    assert ended.code == 1
    assert "people_2.csv has no column 'born'" in ended.told
    # The others of its goal are imported (F10).
    assert emails(sound) == ["a@x.nl", "b@x.nl"]


def test_sql_error_in_a_process_step_points_at_the_yaml(sound: Workshop) -> None:
    line = change(
        sound, "connections/shop.yml", "lower(people.email)", "lower(people.email) + 1 day"
    )
    ended = sound.run("build")
    assert_told_once(ended, 1, f"connections/shop.yml:{line}", "shop.people")
    assert emails(sound) == ["b@x.nl"]


def test_function_that_does_not_exist_points_at_the_yaml(sound: Workshop) -> None:
    line = change(sound, "connections/shop.yml", "lower(people.email)", "lowr(people.email)")
    assert_told_once(sound.run("build"), 1, f"connections/shop.yml:{line}", "lowr", "lower")


def test_undefined_macro_in_a_process_step_points_at_the_yaml(sound: Workshop) -> None:
    sound.write("macros/tidy.sql", "{% macro tidy(column) %}lower({{ column }}){% endmacro %}\n")
    line = change(
        sound, "connections/shop.yml", "lower(people.email)", "\"{{ tidi('people.email') }}\""
    )
    ended = sound.run("build")
    assert ended.code in (1, 2)
    assert_told_once(
        ended,
        ended.code,
        f"connections/shop.yml:{line}",
        "'tidi' is undefined",
        "Did you mean 'tidy'?",
    )


def test_undefined_macro_on_line_40_of_a_template_is_told_at_line_40(sound: Workshop) -> None:
    lines = ["{#- Grain: one row per name. -#}", "select", *["    -- a column"] * 36]
    lines += ["    name,", "    {{ tidi('name') }} as tidy_name", "from {{ ref('profiles') }}"]
    sound.write("models/marts/names.sql", "\n".join(lines) + "\n")
    sound.write("macros/tidy.sql", "{% macro tidy(column) %}lower({{ column }}){% endmacro %}\n")
    ended = sound.run("build")
    assert ended.code == 2
    assert_told_once(
        ended, 2, "models/marts/names.sql:40", "'tidi' is undefined", "Did you mean 'tidy'?"
    )


def test_mistake_inside_a_macro_is_told_at_the_macro_and_who_called_it(sound: Workshop) -> None:
    sound.write("macros/tidy.sql", "{% macro tidy(column) %}\nlower({{ colum }})\n{% endmacro %}\n")
    sound.write(
        "models/marts/names.sql",
        "select\n    {{ tidy('name') }} as name\nfrom {{ ref('profiles') }}\n",
    )
    ended = sound.run("build")
    assert ended.code == 2
    assert "macros/tidy.sql:2:" in ended.stderr
    assert "'colum' is undefined" in ended.stderr
    assert "models/marts/names.sql:2" in ended.stderr


def test_sql_error_in_a_mart_points_at_its_line_and_the_rest_goes_on(sound: Workshop) -> None:
    sound.write(
        "models/marts/names.sql",
        "{#- Grain: a name. -#}\nselect\n    name,\n    naam\nfrom {{ ref('profiles') }}\n",
    )
    sound.write("models/marts/lengths.sql", "select length(name) as size from {{ ref('names') }}\n")
    ended = sound.run("build")
    assert_told_once(ended, 1, "models/marts/names.sql:4", "naam", "target/compiled/")
    assert "names did not succeed" in ended.stdout
    assert emails(sound) == ["a@x.nl", "b@x.nl"]
    assert (sound.folder / "drop/rich.csv").exists()


def test_segment_without_profile_id_fails_with_its_export(sound: Workshop) -> None:
    sound.write(
        "models/segments/rich.sql",
        "select email, profile_id as profile from {{ ref('profiles') }}\n",
    )
    ended = sound.run("build")
    assert_told_once(
        ended, 1, "models/segments/rich.sql:1", "has no column `profile_id`", "email, profile"
    )
    assert "rich failed: nothing is sent" in ended.stdout
    assert not (sound.folder / "drop/rich.csv").exists()
    assert emails(sound) == ["a@x.nl", "b@x.nl"]


def test_cycle_of_models_is_told(sound: Workshop) -> None:
    sound.write("models/marts/names.sql", "select size from {{ ref('lengths') }}\n")
    sound.write("models/marts/lengths.sql", "select 1 as size from {{ ref('names') }}\n")
    ended = sound.run("build")
    assert ended.code == 2
    assert "names" in ended.stderr
    assert "lengths" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_unknown_selector_and_target_are_told_with_the_nearest(sound: Workshop) -> None:
    ended = sound.run("build", "--select", "poeple")
    assert ended.code == 2
    assert "poeple" in ended.stderr
    assert "people" in ended.stderr.replace("poeple", "")
    ended = sound.run("build", "--target", "locl")
    assert ended.code == 2
    assert "Did you mean 'local'?" in ended.stderr


def test_folder_without_a_project_is_told(sound: Workshop, tmp_path: Path) -> None:
    ended = sound.run("build", "--project-dir", str(tmp_path))
    assert ended.code == 2
    assert "runner_project.yml" in ended.stderr
    assert "runner init" in ended.stderr


def test_environment_variable_that_is_not_set_is_told_at_its_line(sound: Workshop) -> None:
    sound.goals(OTHERS, access="type: sftp\nhost: \"{{ env_var('SHOP_HOST') }}\"\n")
    change(sound, "models/segments/rich.sql", "spent > 1", "true")
    ended = sound.run("build")
    assert ended.code != 0
    assert "connections/shop.yml:3:" in ended.told
    assert "SHOP_HOST" in ended.told
    assert "Traceback" not in ended.told


# ---------- servers


def reach(server: Sshd, **changes: str) -> str:
    """Return the access of a connection to a server, as YAML, with some of it another."""
    access = {
        "type": "sftp",
        "host": server.host,
        "port": str(server.port),
        "username": server.username,
        "authentication": f"{{private_key: {server.private_key}}}",
        "host_key": server.host_key,
        "retries": "0",
    }
    return "".join(f"{key}: {value}\n" for key, value in (access | changes).items() if value)


def serve_people(shop: Workshop, server: Sshd, access: str) -> None:
    """Let `people` come from a server, and `others` from the folder still."""
    shop.goals(PEOPLE, "server", access)
    shop.goals(OTHERS)
    shutil.copy(shop.folder / "drop/people.csv", server.root)


def test_wrong_password_or_key_is_told_and_other_connections_go_on(
    sound: Workshop, sftp_account: Sshd, tmp_path: Path
) -> None:
    """B6: exit code 4; under root with a password, else with a key that the server does not know."""
    server = sftp_account
    secret = "not-the-pass-word"
    given = f"{{password: {secret}}}"
    if os.geteuid():
        given = f"{{private_key: {make_key(tmp_path / 'other_key')}}}"
    serve_people(sound, server, reach(server, authentication=given))
    ended = sound.run("build")
    assert ended.code == 4
    assert "connection 'server'" in ended.stdout
    assert f"user '{server.username}'" in ended.stdout
    assert ("password" if not os.geteuid() else "key") in ended.stdout
    assert secret not in ended.told
    assert emails(sound) == ["b@x.nl"]


def test_unknown_host_key_is_refused_and_told(sound: Workshop, sftp_server: Sshd) -> None:
    serve_people(sound, sftp_server, reach(sftp_server, host_key=""))
    ended = sound.run("build")
    assert ended.code == 4
    assert f"the host key of {sftp_server.host}:{sftp_server.port} is unknown" in ended.stdout
    assert re.search(r"ssh-\S+ SHA256:\S{43}", ended.stdout)
    assert "host_key:" in ended.stdout
    assert emails(sound) == ["b@x.nl"]


def test_changed_host_key_is_refused_and_told(sound: Workshop, sftp_server: Sshd) -> None:
    serve_people(sound, sftp_server, reach(sftp_server))
    sftp_server.new_host_keys()
    access = reach(sftp_server, host_key="SHA256:nThbg6kXUpJWGl7E1IGOCspRomTxdCARLviKw6E5SY8")
    serve_people(sound, sftp_server, access)
    ended = sound.run("build")
    assert ended.code == 4
    assert "has changed" in ended.stdout
    assert emails(sound) == ["b@x.nl"]


def test_server_that_does_not_answer_is_told(sound: Workshop, sftp_server: Sshd) -> None:
    serve_people(sound, sftp_server, reach(sftp_server))
    sftp_server.stop()
    ended = sound.run("build")
    assert ended.code == 4
    assert f"{sftp_server.host}:{sftp_server.port}" in ended.stdout
    assert "Traceback" not in ended.told
    assert emails(sound) == ["b@x.nl"]


def test_folder_that_the_server_lacks_is_told(sound: Workshop, sftp_server: Sshd) -> None:
    serve_people(sound, sftp_server, reach(sftp_server))
    change(sound, "connections/server.yml", "people: people.csv", "people: nowhere/people.csv")
    ended = sound.run("build")
    assert ended.code == 4
    assert "nowhere" in ended.stdout
    assert emails(sound) == ["b@x.nl"]


def test_schedule_of_nothing_says_so(shop: Workshop) -> None:
    ended = shop.run("schedule", "--list")
    assert (ended.code, ended.stdout) == (0, "")
    assert "no enabled connection has a `schedule`" in ended.stderr


def test_properties_of_groups_and_of_profiles_are_not_mapped_twice(shop: Workshop) -> None:
    """P7 warns where two goals write one property; a group's is another one."""
    shop.properties("id: {identifier: true}\ncity: text\n")
    shop.write("models/groups/area.yml", "properties: {id: {identifier: true}, city: text}\n")
    goal = "- name: {0}\n  kind: import_{0}\n  files: {{f: {0}.csv}}\n{1}  identify: {{by: [{{id: f.id}}]}}\n  map: {{city: f.city}}\n"
    shop.goals(goal.format("profiles", "") + goal.format("groups", "  group_type: area\n"))
    shop.drop("profiles.csv", "id,city\n1,A\n")
    shop.drop("groups.csv", "id,city\n1,A\n")
    assert "mapped by several" not in shop.run("build").told
