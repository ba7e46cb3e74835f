"""Consent in exports (C1, X1, X4): members without it are left out, counted, and removed."""

import json

import pytest

from tests.functional.test_consent import HEAD, PEOPLE, PROJECT
from tests.functional.workshop import Workshop

pytestmark = pytest.mark.any_engine

MAILED = PEOPLE.replace("people.optin}", "people.optin, consent.email_marketing: people.mail}")
EVENTS = """\
  events: [{type: order, id: email, at: "timestamp '2024-01-01 10:00:00'"}]
"""
EXPORT = """\
- name: {name}
  kind: export_profiles
  segment: {segment}
  file_name: "{file_name}"
  columns:
    - {{header: EMAIL, property: email}}
    - {{header: NAME, property: name}}
    - {{header: MAILING, consent: email_marketing}}
    - {{header: SITE, consent: personalization}}
"""
MAILING = EXPORT.format(name="mailing", segment="everyone", file_name="{change}.csv") + """\
  objectives: [email_marketing]
  changes: added_changed_removed
"""  # fmt: skip
SITE = EXPORT.format(name="site", segment="everyone", file_name="site.csv") + """\
  objectives: [personalization]
  events: {types: [order], file_name: '{event}.csv'}
"""  # fmt: skip
MODEL = EXPORT.format(name="model", segment="consenting", file_name="model.csv")


def people(shop: Workshop, *rows: str) -> None:
    shop.drop(f"people_{shop.drops}.csv", HEAD.replace("\n", ",mail\n") + "\n".join(rows) + "\n")


def sent(shop: Workshop, name: str) -> list[str]:
    return sorted((shop.folder / "drop" / name).read_text().splitlines()[1:])


def test_members_without_consent_are_left_out_counted_and_removed(shop: Workshop) -> None:
    shop.write("runner_project.yml", PROJECT)
    shop.properties("email: {identifier: true}\nname: text")
    shop.write("models/segments/everyone.sql", "select profile_id from {{ ref('profiles') }}")
    shop.write(
        "models/segments/consenting.sql",
        "select profile_id from {{ ref('consent') }} where consented",
    )
    shop.goals(MAILED + EVENTS + MAILING + SITE + MODEL)
    people(shop, "a@x.nl,Ann,yes,", "b@x.nl,Bob,,", "c@x.nl,Cas,no,no")
    told = shop.run("build").told
    assert sent(shop, "added.csv") == ["a@x.nl,Ann,,true", "b@x.nl,Bob,,"]
    result = shop.results()["shop.mailing"]
    assert (result["members"], result["adapter_response"]["rows_affected"]) == (3, 2)
    assert result["no_consent"] == {"refused": 1}
    assert "no consent: 1 refused" in told
    assert shop.results()["shop.site"]["no_consent"] == {"never_asked": 1, "refused": 1}
    assert sent(shop, "site.csv") == sent(shop, "model.csv") == ["a@x.nl,Ann,,true"]
    assert [line.split(",")[1] for line in sent(shop, "order.csv")] == ["a@x.nl"]

    (counted,) = json.loads(shop.run("count", "shop.mailing", "--json").stdout)["goals"]
    assert (counted["members"], counted["exportable"]) == (3, 2)
    assert counted["left_out"] == {"no consent, refused": 1}
    told = shop.run("preview", "shop.mailing").told
    assert "2 of 3 members" in told
    assert "no consent: 1 refused" in told
    assert "c@x.nl" not in told

    people(shop, "b@x.nl,Bob,,no")
    shop.build()
    assert sent(shop, "removed.csv") == ["b@x.nl,,,"]
    assert sent(shop, "added.csv") == []
    people(shop, "b@x.nl,Bob,,yes")
    shop.build()
    assert sent(shop, "added.csv") == ["b@x.nl,Bob,true,"]
    files = {path: path.read_bytes() for path in (shop.folder / "drop").iterdir()}
    shop.build()
    assert {path: path.read_bytes() for path in (shop.folder / "drop").iterdir()} == files
