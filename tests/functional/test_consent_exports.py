"""Consent in exports (C1, X1, X4): who did not give it is left out, counted, and told as removed."""

import json

import pytest

from tests.functional.test_consent import HEAD, PEOPLE, PROJECT
from tests.functional.workshop import Workshop

EXPORT = """\
- name: everyone
  kind: export_profiles
  segment: everyone
  file_name: everyone.csv
  objectives: [email_marketing]
  columns:
    - {header: EMAIL, property: email}
    - {header: NAME, property: name}
    - {header: MAILING, consent: email_marketing}
    - {header: SITE, consent: personalization}
"""
MAILED = PEOPLE.replace("people.optin}", "people.optin, consent.email_marketing: people.mail}")


@pytest.fixture
def mailing(shop: Workshop) -> Workshop:
    shop.write("runner_project.yml", PROJECT)
    shop.properties("email: {identifier: true}\nname: text")
    shop.write("models/segments/everyone.sql", "select profile_id from {{ ref('profiles') }}")
    shop.goals(MAILED + EXPORT)
    return shop


def people(shop: Workshop, *rows: str) -> None:
    shop.drop(f"people_{shop.drops}.csv", HEAD.replace("\n", ",mail\n") + "\n".join(rows) + "\n")


def sent(shop: Workshop, name: str = "everyone.csv") -> list[str]:
    return sorted((shop.folder / "drop" / name).read_text().splitlines()[1:])


def test_member_who_refused_is_left_out_and_counted(mailing: Workshop) -> None:
    people(mailing, "a@x.nl,Ann,yes,", "b@x.nl,Bob,,no", "c@x.nl,Cas,no,yes")
    told = mailing.run("build").told
    assert sent(mailing) == ["a@x.nl,Ann,,true", "c@x.nl,Cas,true,false"]
    result = mailing.results()["shop.everyone"]
    assert (result["members"], result["adapter_response"]["rows_affected"]) == (3, 2)
    assert result["no_consent"] == {"refused": 1}
    assert "no consent: 1 refused" in told
    before = mailing.folder / "drop/everyone.csv"
    content = before.read_bytes()
    mailing.build()
    assert before.read_bytes() == content


def test_who_was_never_asked_is_left_out_where_consent_is_opt_in(mailing: Workshop) -> None:
    mailing.goals(MAILED + EXPORT.replace("[email_marketing]", "[personalization]"))
    people(mailing, "a@x.nl,Ann,yes,", "b@x.nl,Bob,,no", "c@x.nl,Cas,no,yes")
    mailing.build()
    assert sent(mailing) == ["a@x.nl,Ann,,true"]
    assert mailing.results()["shop.everyone"]["no_consent"] == {"never_asked": 1, "refused": 1}


def test_count_and_preview_tell_whom_consent_leaves_out(mailing: Workshop) -> None:
    people(mailing, "a@x.nl,Ann,yes,", "b@x.nl,Bob,,no", "c@x.nl,Cas,no,no")
    mailing.build()
    counted = json.loads(mailing.run("count", "--json").stdout)["goals"][0]
    assert (counted["members"], counted["exportable"]) == (3, 1)
    assert counted["left_out"] == {"no consent, refused": 2}
    told = mailing.run("preview", "shop.everyone").told
    assert "1 of 3 members" in told
    assert "no consent: 2 refused" in told
    assert "b@x.nl" not in told


def test_person_who_withdraws_stands_in_the_removed_file_by_identifier_alone(
    mailing: Workshop,
) -> None:
    goal = EXPORT.replace("everyone.csv", '"{change}.csv"')
    mailing.goals(MAILED + goal + "  changes: added_changed_removed\n")
    people(mailing, "a@x.nl,Ann,yes,", "b@x.nl,Bob,,")
    mailing.build()
    assert sent(mailing, "added.csv") == ["a@x.nl,Ann,,true", "b@x.nl,Bob,,"]
    people(mailing, "b@x.nl,Bob,,no")
    mailing.build()
    assert sent(mailing, "removed.csv") == ["b@x.nl,,,"]
    assert sent(mailing, "added.csv") == []
    assert mailing.build()["shop.everyone"]["status"] == "success"
    people(mailing, "b@x.nl,Bob,,yes")
    mailing.build()
    assert sent(mailing, "added.csv") == ["b@x.nl,Bob,true,"]


def test_events_of_who_is_left_out_are_not_exported(mailing: Workshop) -> None:
    goal = MAILED.replace("  map:", "  events: [{type: order, id: email, at: name}]\n  map:")
    events = "  events: {types: [order], file_name: '{event}.csv'}\n"
    mailing.goals(goal + EXPORT + events)
    people(mailing, "a@x.nl,2024-01-01,,", "b@x.nl,2024-01-02,,no")
    mailing.build()
    assert mailing.rows("select count(*) from events_order") == [(2,)]
    assert [line.split(",")[1] for line in sent(mailing, "order.csv")] == ["a@x.nl"]


def test_unknown_objective_of_a_column_is_told(mailing: Workshop) -> None:
    mailing.goals(MAILED + EXPORT.replace("consent: email_marketing", "consent: mail_marketing"))
    ended = mailing.run("ls")
    assert ended.code == 2
    assert "there is no objective 'mail_marketing'. Did you mean 'email_marketing'?" in " ".join(
        ended.told.split()
    )


def test_model_reads_consent(mailing: Workshop) -> None:
    segment = "select profile_id from {{ ref('consent') }} where consented"
    mailing.write("models/segments/everyone.sql", segment)
    people(mailing, "a@x.nl,Ann,yes,", "b@x.nl,Bob,,no")
    mailing.build()
    assert sent(mailing) == ["a@x.nl,Ann,,true"]
