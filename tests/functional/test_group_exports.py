"""Files of groups, and what groups have in files of profiles (G1, X1)."""

import csv
from pathlib import Path

import pytest

from tests.functional.workshop import Workshop

pytestmark = pytest.mark.any_engine

ACCOUNT = """\
title: Account
description: A bank account, with owners and others who may use it
properties:
  account_id: {identifier: true}
  iban: {identifier: true}
  kind: text
  city: text
  labels: {multi: true}
  opened_on: date
  balance: {type: "decimal(18,2)", description: Sum of all bookings}
"""
PROPERTIES = """\
customer_id: {identifier: true}
owner_of: {multi: true, group: account}
user_of: {group: account}
"""
CUSTOMERS = """\
- name: customers
  kind: import_profiles
  files: {customers: {path: "customers*.csv"}}
  identify: {by: [{customer_id: id}]}
  map:
    owner_of: {from: owns, strategy: add}
    user_of: uses
"""
ACCOUNTS = """\
- name: accounts
  kind: import_groups
  group_type: account
  files: {accounts: {path: "accounts*.csv"}}
  identify: {by: [{account_id: id}, {iban: iban}]}
  map:
    kind: kind
    city: city
    labels: {from: labels, strategy: add}
    opened_on: opened
    balance: {from: amount, strategy: sum}
"""
EXPORTS = """\
- name: cities
  kind: export_profiles
  segment: owners
  directory: out
  file_name: cities.csv
  columns:
    - {header: ID, property: customer_id}
    - {header: CITY, group: account, property: city}
    - {header: BALANCE, group: account, property: balance}
    - {header: LABELS, group: account, property: labels}
- name: statements
  kind: export_groups
  group_type: account
  directory: out
  file_name: "{group_type}.csv"
  columns:
    - {header: GROUP, group_id: true}
    - {header: ACCOUNT, property: account_id}
    - {header: BALANCE, property: balance}
    - {header: MEMBERS, members: true}
    - {header: BANK, text: acme}
- name: owned
  kind: export_groups
  group_type: account
  segment: owners
  directory: out
  file_name: owned.csv
  columns:
    - {header: ACCOUNT, property: account_id}
"""
FIRST_CUSTOMERS = """\
id,owns,uses
1,A1|A2,A3
2,A1,
3,,A3
4,A9,
5,,
"""
FIRST_ACCOUNTS = """\
id,iban,kind,city,labels,opened,amount
A1,NL01,private,Utrecht,joint|old,2020-01-31,10.50
A2,NL02,savings,Delft,old,2021-02-28,20
A1,NL01,private,Utrecht,,2020-01-31,-0.50
A3,NL03,company,Breda,,2022-03-01,5
"""


@pytest.fixture(scope="module")
def declared_shop(shared_shop: Workshop) -> Workshop:
    """A bank: customers who own accounts, and use those of others."""
    shop = shared_shop
    shop.write("models/groups/account.yml", ACCOUNT)
    shop.properties(PROPERTIES)
    shop.write("models/segments/owners.sql", OWNERS)
    shop.goals(CUSTOMERS + ACCOUNTS + EXPORTS)
    return shop


@pytest.fixture
def bank(declared_shop: Workshop, tmp_path: Path) -> Workshop:
    return declared_shop.copied(tmp_path / "bank")


@pytest.fixture(scope="module")
def built_bank(declared_shop: Workshop, tmp_path_factory: pytest.TempPathFactory) -> Workshop:
    """The same after a build."""
    bank = declared_shop.copied(tmp_path_factory.mktemp("built") / "bank")
    bank.drop("customers.csv", FIRST_CUSTOMERS)
    bank.drop("accounts.csv", FIRST_ACCOUNTS)
    bank.build()
    return bank


OWNERS = """\
select distinct profile_groups.profile_id
from {{ ref('profile_groups') }} as profile_groups
inner join {{ ref('groups_account') }} as accounts
    on profile_groups.group_id = accounts.group_id
where
    profile_groups.property = 'owner_of'
    and accounts.balance > 0
"""


def exported(bank: Workshop, name: str) -> list[list[str]]:
    with (bank.folder / "drop/out" / name).open(newline="", encoding="utf-8") as file:
        return list(csv.reader(file))


def test_files_hold_what_groups_and_members_have(built_bank: Workshop) -> None:
    bank = built_bank
    head, *rows = exported(bank, "cities.csv")
    assert head == ["ID", "CITY", "BALANCE", "LABELS"]
    assert sorted(rows) == [
        ["1", "Breda|Delft|Utrecht", "5.00|10.00|20.00", "joint|old"],
        ["2", "Utrecht", "10.00", "joint|old"],
    ]
    head, *rows = exported(bank, "account.csv")
    assert head == ["GROUP", "ACCOUNT", "BALANCE", "MEMBERS", "BANK"]
    assert sorted(row[1:] for row in rows) == [
        ["A1", "10.00", "2", "acme"],
        ["A2", "20.00", "1", "acme"],
        ["A3", "5.00", "2", "acme"],
    ]
    assert [row[0] for row in rows] == sorted(row[0] for row in rows)
    assert sorted(exported(bank, "owned.csv")[1:]) == [["A1"], ["A2"], ["A3"]]


def test_building_again_sends_the_same_bytes(built_bank: Workshop, tmp_path: Path) -> None:
    bank = built_bank.copied(tmp_path / "bank")
    names = ("cities.csv", "account.csv", "owned.csv")
    before = [exported(bank, name) for name in names]
    bank.build()
    assert [exported(bank, name) for name in names] == before
    bank.build("--full-refresh")
    assert [exported(bank, name) for name in names] == before


def test_no_groups_give_a_header_alone(bank: Workshop) -> None:
    bank.drop("customers.csv", FIRST_CUSTOMERS)
    bank.build()
    assert exported(bank, "account.csv") == [["GROUP", "ACCOUNT", "BALANCE", "MEMBERS", "BANK"]]


@pytest.mark.both_engines
def test_changed_groups_alone_are_sent(bank: Workshop) -> None:
    bank.goals(
        CUSTOMERS
        + ACCOUNTS
        + EXPORTS.replace('file_name: "{group_type}.csv"', "file_name: a.csv\n  changes: changed")
    )
    bank.drop("customers.csv", FIRST_CUSTOMERS)
    bank.drop("accounts.csv", FIRST_ACCOUNTS)
    bank.build()
    assert len(exported(bank, "a.csv")) == 4
    bank.drop("accounts_2.csv", "id,iban,kind,city,labels,opened,amount\nA2,,,,,,7\n")
    bank.build()
    assert [row[1:3] for row in exported(bank, "a.csv")[1:]] == [["A2", "27.00"]]


def test_columns_of_map_rest_can_be_exported(bank: Workshop) -> None:
    export = """\
- name: branches
  kind: export_groups
  group_type: account
  directory: out
  file_name: branches.csv
  columns:
    - {header: BRANCH, property: bank_branch}
"""
    bank.goals(CUSTOMERS + ACCOUNTS + "  map_rest: {prefix: bank_}\n" + export)
    bank.drop("accounts.csv", "id,iban,kind,city,labels,opened,amount,branch\nA1,,,,,,1,Zuid\n")
    bank.build()
    assert exported(bank, "branches.csv") == [["BRANCH"], ["Zuid"]]


@pytest.mark.parametrize(
    ("found", "written", "message"),
    [
        (
            "group: account, property: city",
            "group: account, property: citty",
            "there is no property of account 'citty'. Did you mean 'city'?",
        ),
        (
            "header: CITY, group: account",
            "header: CITY, group: acount",
            "there is no group type 'acount'. Did you mean 'account'?",
        ),
        (
            "header: ACCOUNT, property: account_id",
            "header: ACCOUNT, property: acount_id",
            "there is no property of account 'acount_id'. Did you mean 'account_id'?",
        ),
        (
            "header: MEMBERS, members: true",
            "header: MEMBERS, segments: all",
            "an export of groups has no `segments`",
        ),
        (
            "header: ID, property: customer_id",
            "header: ID, group_id: true",
            "`group_id` is for goals of kind export_groups",
        ),
        (
            "header: ID, property: customer_id",
            "header: ID, group: account, profile_id: true",
            "`group` is of columns with `property`",
        ),
    ],
)
def test_mistakes_are_told_where_they_stand(
    bank: Workshop, found: str, written: str, message: str
) -> None:
    file = "connections/shop.yml"
    path = bank.folder / file
    text = path.read_text(encoding="utf-8")
    assert found in text
    line = text[: text.index(found)].count("\n") + 1
    path.write_text(text.replace(found, written, 1), encoding="utf-8")
    ended = bank.run("compile")
    assert ended.code == 2
    told = " ".join(ended.told.split())
    assert message in told
    assert f"{file}:{line}" in told


def test_commands_treat_exports_of_groups_as_others(built_bank: Workshop, tmp_path: Path) -> None:
    bank = built_bank.copied(tmp_path / "bank")
    listed = bank.run("ls", "--resource-type", "export_groups")
    assert {"shop.statements", "shop.owned"} <= set(listed.stdout.split())
    assert "account.csv" in bank.run("scan", "shop.statements").told
    preview = bank.run("preview", "shop.statements", "--show-pii")
    assert preview.code == 0, preview.told
    assert "MEMBERS" in preview.told
    assert set(bank.build("--select", "shop.owned")) == {"shop.owned"}


def test_property_has_the_type_of_the_identifier_that_it_names(bank: Workshop) -> None:
    bank.properties(PROPERTIES.replace("{group: account}", "{group: account, type: integer}"))
    ended = bank.run("compile")
    assert ended.code == 2
    assert "`user_of` is integer, and `account_id` of account is text" in ended.told
    assert "models/properties.yml:4" in ended.told
