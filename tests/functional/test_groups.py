"""Groups: imported like profiles, and linked to them by a property (G1)."""

import json
from pathlib import Path

import pytest

from tests.functional.workshop import Workshop

pytestmark = pytest.mark.any_engine

ACCOUNT = """\
title: Bank account
properties:
  iban: {identifier: true, ignore: [none], description: Number of the account}
  number: {identifier: true}
  kind: text
  balance: decimal
  cards: {multi: true}
"""
PROPERTIES = """\
client: {identifier: true}
name: text
owns: {multi: true, group: account}
uses: {group: account}
iban: {identifier: true}
"""
GOALS = """\
- name: accounts
  kind: import_groups
  group_type: account
  files: {accounts: accounts_*.csv}
  key: iban
  identify: {by: [{iban: accounts.iban}]}
  map:
    kind: accounts.kind
    balance: {from: accounts.amount, strategy: sum}
    cards: {from: accounts.card, strategy: add}
  map_rest: {prefix: bank_}
- name: known
  kind: import_groups
  group_type: account
  files: {known: known.csv}
  identify: {create_groups: false, by: [{iban: known.iban}]}
  map: {kind: known.kind}
- name: clients
  kind: import_profiles
  files: {clients: clients_*.csv}
  identify: {by: [{iban: clients.uses}, {client: clients.client}]}
  map:
    name: clients.name
    owns: {from: clients.owns, strategy: add}
    uses: clients.uses
"""


ACCOUNT_HEAD = "iban,kind,amount,card,branch\n"
CLIENT_HEAD = "client,name,owns,uses\n"


@pytest.fixture(scope="module")
def built_shop(shared_shop: Workshop) -> Workshop:
    """Clients and their accounts; profiles and groups have an identifier of one name."""
    shared_shop.properties(PROPERTIES)
    shared_shop.write("models/groups/account.yml", ACCOUNT)
    shared_shop.write(
        "models/segments/savers.sql",
        "select links.profile_id from {{ ref('profile_groups') }} as links\n"
        "inner join {{ ref('groups_account') }} as accounts on links.group_id = accounts.group_id\n"
        "where accounts.kind = 'saving'",
    )
    shared_shop.goals(GOALS)
    clients = "1,An,A|B,\n2,Bo,B,A\n3,Cy,,\n4,Di,X,X\n5,Ed,none,\n"
    shared_shop.drop("clients_1.csv", CLIENT_HEAD + clients)
    lines = "A,saving,10,a,Gouda\nA,saving,10,b,Gouda\nB,joint,5.5,b,\nC,empty,,,\nshort\n"
    shared_shop.drop("accounts_1.csv", ACCOUNT_HEAD + lines)
    shared_shop.drop("known.csv", "iban,kind\nA,saving\nZ,other\n")
    shared_shop.build()
    return shared_shop


def links(shop: Workshop) -> list[tuple[object, ...]]:
    return shop.rows(
        "select client, property, identifier, kind from profile_groups"
        " inner join profiles using (profile_id) left join groups_account using (group_id)"
        " order by all"
    )


def accounts(
    shop: Workshop, columns: str = "iban, kind, balance, members"
) -> list[tuple[object, ...]]:
    return shop.rows(f"select {columns} from groups_account order by iban")


def check_refresh(shop: Workshop) -> None:
    def state() -> list[list[tuple[object, ...]]]:
        return [shop.profiles(), accounts(shop, "*"), shop.rows("from profile_groups order by all")]

    before = state()
    assert "Nothing new" in shop.run("build").stdout
    assert state() == before
    shop.build("--full-refresh")
    assert state() == before


@pytest.mark.both_engines
def test_people_belong_to_several_groups_known_and_unknown(built_shop: Workshop) -> None:
    assert accounts(built_shop) == [
        ("A", "saving", 10, 2),
        ("B", "joint", 5.5, 2),
        ("C", "empty", None, 0),
    ]
    assert built_shop.outcomes("shop.known") == {"updated": 1, "unmatched": 1}
    assert links(built_shop) == [
        ("1", "owns", "A", "saving"),
        ("1", "owns", "B", "joint"),
        ("2", "owns", "B", "joint"),
        ("2", "uses", "A", "saving"),
        ("4", "owns", "X", None),
        ("4", "uses", "X", None),
    ]
    assert accounts(built_shop, "iban, bank_branch")[0] == ("A", "Gouda")
    assert "bank_branch" not in built_shop.run("query", "from profiles", "--output", "csv").stdout
    assert (
        "groups: account A (owns), account B (owns)" in built_shop.run("profile", "client=1").stdout
    )
    (shown,) = json.loads(built_shop.run("profile", "client=2", "--json").stdout)
    assert shown["groups"][1] == {"type": "account", "identifier": "A", "property": "uses"}
    savers = "select client from segments.savers inner join profiles using (profile_id) order by 1"
    assert built_shop.rows(savers) == [("1",), ("2",)]
    assert (
        built_shop.rows("select profile_id from profile_groups where profile_id = group_id") == []
    )


def test_commands_treat_them_like_other_goals(built_shop: Workshop, tmp_path: Path) -> None:
    shop = built_shop.copied(tmp_path / "shop")
    for command in (("scan",), ("preview", "shop.accounts"), ("ls",)):
        ended = shop.run(*command)
        assert (ended.code, "accounts" in ended.told) == (0, True), ended.told
    assert shop.run("compile").code == 0
    assert "shop.accounts" in shop.run("build", "--select", "goal:accounts").told


def test_groups_follow_their_files_and_their_goal(built_shop: Workshop, tmp_path: Path) -> None:
    """A group that comes after its members gets them; a corrected line takes back what it gave."""
    bank = built_shop.copied(tmp_path / "shop")
    bank.drop("accounts_2.csv", ACCOUNT_HEAD + "X,saving,10,a,\nB,joint,7,c,\n")
    bank.drop("clients_2.csv", CLIENT_HEAD + "1,An,C,\n")
    bank.build()
    assert ("4", "owns", "X", "saving") in links(bank)
    assert ("1", "owns", "C", "empty") in links(bank)
    assert accounts(bank, "iban, balance, members, cards") == [
        ("A", 10, 2, ["b"]),
        ("B", 7, 2, ["c"]),
        ("C", None, 1, None),
        ("X", 10, 1, ["a"]),
    ]
    check_refresh(bank)
    bank.goals(GOALS.replace("  key: iban\n", ""))
    bank.build()
    assert accounts(bank)[:2] == [("A", "saving", 20, 2), ("B", "joint", 12.5, 2)]
    before = accounts(bank, "*")
    bank.drop("accounts_3.csv", ACCOUNT_HEAD.replace("iban", "number") + "A,joint,1,a,\n")
    ended = bank.run("build")
    assert ended.code == 1
    assert "`accounts` has no column 'iban'" in ended.told
    assert accounts(bank, "*") == before


def test_without_group_types_nobody_is_in_a_group(built_shop: Workshop, tmp_path: Path) -> None:
    bank = built_shop.copied(tmp_path / "shop")
    bank.goals(GOALS[GOALS.index("- name: clients") :])
    for path in ("models/groups/account.yml", "models/segments/savers.sql"):
        (bank.folder / path).unlink()
    declared = "client: {identifier: true}\nname: text\nowns: {multi: true}\nuses: text\n"
    bank.properties(declared + "iban: {identifier: true}")
    bank.build()
    assert bank.rows("select count(*) from profile_groups") == [(0,)]
