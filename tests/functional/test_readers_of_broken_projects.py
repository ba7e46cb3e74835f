"""While a definition is wrong, what is stored can be read: query, profile, rejects."""

import pytest

from tests.functional.workshop import Workshop

pytestmark = pytest.mark.any_engine

SHOP = "connections/shop.yml"
PROPERTIES = "models/properties.yml"
MISTAKES = {
    "key of a connection": (SHOP, "path: drop", "paht: drop"),
    "no YAML": (SHOP, "goals:", "goals: ["),
    "unknown property": (SHOP, "map: {age", "map: {agee"),
    "type of a property": (PROPERTIES, "integer", "intger"),
    "key of the project": ("runner_project.yml", "name: shop", "nam: shop\nname: shop"),
    "syntax of a model": ("models/marts/one.sql", "}}", "}"),
    "unknown model": ("models/marts/one.sql", "ref('all')", "ref('al')"),
    "syntax of a macro": ("macros/two.sql", "endmacro", "endmakro"),
}
PERSON = "ann@x.example"


@pytest.fixture(scope="module")
def built(shared_shop: Workshop) -> Workshop:
    shop = shared_shop
    shop.properties("email: {identifier: true, pii: true}\nage: integer\ncity: text")
    shop.goals(
        """\
        - name: people
          kind: import_profiles
          files: {people: people.csv}
          identify: {by: [{email: email}]}
          map: {age: age, city: city}
        """
    )
    shop.write("macros/two.sql", "{% macro two() %}2{% endmacro %}\n")
    shop.write("models/segments/all.sql", "select profile_id from {{ ref('profiles') }}\n")
    shop.write(
        "models/marts/one.sql",
        "select '{{ target.name }}' as name, {{ two() }} as two from {{ ref('all') }}\n",
    )
    shop.drop("people.csv", f"email,age,city\n{PERSON},30,Goes\nbob@x.example,x,Assen\n")
    shop.build()
    return shop


def test_target_in_a_model_breaks_no_query(built: Workshop) -> None:
    query = "select name, '{{ target.name }}' as now, two from {{ ref('one') }} limit 1"
    ended = built.run("query", query, "-o", "csv")
    assert ended.stdout.splitlines() == ["name,now,two", "local,local,2"], ended.told
    assert "local" in built.run("show", "one").stdout


@pytest.mark.parametrize("mistake", MISTAKES.values(), ids=MISTAKES)
def test_what_is_stored_can_be_read_whatever_is_wrong(
    built: Workshop, mistake: tuple[str, str, str]
) -> None:
    path, old, new = mistake
    file = built.folder / path
    right = file.read_text("utf-8")
    assert old in right
    file.write_text(right.replace(old, new, 1), "utf-8")
    try:
        assert built.run("compile").code == 2
        count = built.run("query", "select count(*) as n from {{ ref('all') }}", "-o", "csv")
        found = built.run("profile", f"email={PERSON}")
        rejects = built.run("rejects", "-o", "csv")
        others = [built.run(name) for name in ("conflicts", "identity")]
    finally:
        file.write_text(right, "utf-8")
    assert count.stdout.splitlines() == ["n", "2"], count.told
    assert (found.code, PERSON in found.stdout) == (0, False), found.told
    assert (rejects.code, len(rejects.stdout.splitlines())) == (0, 2), rejects.told
    assert "not a whole number" in rejects.stdout or "integer" in rejects.stdout
    assert [ended.code for ended in others] == [0, 0], [ended.told for ended in others]
