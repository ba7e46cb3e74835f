"""Groups: imported as profiles are, with their members, in models and in files (G1)."""

import csv

import pytest

from tests.functional.workshop import Workshop

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
MEMBERSHIPS = """\
select customer_id, group_type, identifier, groups_account.account_id, properties
from profile_groups
inner join profiles using (profile_id)
left join groups_account using (group_id)
order by all
"""
ALL_MEMBERSHIPS = [
    ("1", "account", "A1", "A1", ["owner_of"]),
    ("1", "account", "A2", "A2", ["owner_of"]),
    ("1", "account", "A3", "A3", ["user_of"]),
    ("2", "account", "A1", "A1", ["owner_of"]),
    ("3", "account", "A3", "A3", ["user_of"]),
    ("4", "account", "A9", None, ["owner_of"]),
]
GROUPS = "select account_id, iban, city, balance, members from groups_account order by 1"
ALL_GROUPS = [
    ("A1", "NL01", "Utrecht", 10, 2),
    ("A2", "NL02", "Delft", 20, 1),
    ("A3", "NL03", "Breda", 5, 2),
]


@pytest.fixture
def bank(shop: Workshop) -> Workshop:
    """A bank: customers who own accounts, and use those of others."""
    shop.write("models/groups/account.yml", ACCOUNT)
    shop.properties(PROPERTIES)
    shop.write("models/segments/owners.sql", OWNERS)
    shop.goals(CUSTOMERS + ACCOUNTS + EXPORTS)
    return shop


OWNERS = """\
select profile_groups.profile_id
from {{ ref('profile_groups') }} as profile_groups
inner join {{ ref('groups_account') }} as accounts
    on profile_groups.group_id = accounts.group_id
where
    list_contains(profile_groups.properties, 'owner_of')
    and accounts.balance > 0
"""


def everything(bank: Workshop) -> list[list[tuple[object, ...]]]:
    tables = ("profiles", "profile_groups", "groups_account", "runner.sums", "runner.identifiers")
    return [bank.rows(f"select * from {table} order by all") for table in tables]


def exported(bank: Workshop, name: str) -> list[list[str]]:
    with (bank.folder / "drop/out" / name).open(newline="", encoding="utf-8") as file:
        return list(csv.reader(file))


def test_accounts_have_owners_and_other_members(bank):
    bank.drop("customers.csv", FIRST_CUSTOMERS)
    bank.drop("accounts.csv", FIRST_ACCOUNTS)
    bank.build()
    assert bank.rows(MEMBERSHIPS) == ALL_MEMBERSHIPS
    assert bank.rows(GROUPS) == ALL_GROUPS
    assert bank.outcomes("shop.accounts") == {"created": 3, "updated": 1}


@pytest.mark.parametrize("first", ["customers", "accounts"])
def test_members_and_accounts_come_in_any_order(bank, first):
    files = {"customers": FIRST_CUSTOMERS, "accounts": FIRST_ACCOUNTS}
    bank.drop(f"{first}.csv", files.pop(first))
    bank.build()
    if first == "customers":
        assert {row[3] for row in bank.rows(MEMBERSHIPS)} == {None}
    else:
        assert {row[4] for row in bank.rows(GROUPS)} == {0}
    for name, text in files.items():
        bank.drop(f"{name}.csv", text)
    bank.build()
    assert bank.rows(MEMBERSHIPS) == ALL_MEMBERSHIPS
    assert bank.rows(GROUPS) == ALL_GROUPS


def test_bookings_add_up_over_files_and_a_full_refresh_gives_the_same(bank):
    bank.drop("customers.csv", FIRST_CUSTOMERS)
    bank.drop("accounts_1.csv", FIRST_ACCOUNTS)
    bank.build()
    bank.drop("accounts_2.csv", "id,iban,kind,city,labels,opened,amount\nA1,,,Gouda,new,,7\n")
    bank.drop("customers_2.csv", "id,owns,uses\n5,A2,\n2,,A2\n")
    bank.build()
    assert bank.rows("select city, labels, balance, members from groups_account order by all") == [
        ("Breda", None, 5, 2),
        ("Delft", ["old"], 20, 3),
        ("Gouda", ["joint", "old", "new"], 17, 2),
    ]
    before = everything(bank)
    bank.build("--full-refresh")
    assert everything(bank) == before


def test_building_again_changes_nothing(bank):
    bank.drop("customers.csv", FIRST_CUSTOMERS)
    bank.drop("accounts.csv", FIRST_ACCOUNTS)
    bank.build()
    before = everything(bank), exported(bank, "account.csv"), exported(bank, "cities.csv")
    results = bank.build()
    assert results["shop.accounts"]["status"] == "unchanged" or not bank.outcomes("shop.accounts")
    after = everything(bank), exported(bank, "account.csv"), exported(bank, "cities.csv")
    assert after == before


def test_a_changed_goal_takes_back_what_it_summed(bank):
    bank.drop("accounts.csv", FIRST_ACCOUNTS)
    bank.build()
    bank.goals(CUSTOMERS + ACCOUNTS.replace("from: amount,", "from: 2 * amount,") + EXPORTS)
    bank.goals(
        CUSTOMERS + ACCOUNTS.replace("city: city", "city: {value: Rome}") + EXPORTS,
    )
    bank.build()
    assert bank.rows("select city, balance from groups_account order by 2") == [
        ("Rome", 5),
        ("Rome", 10),
        ("Rome", 20),
    ]


def test_the_id_of_a_group_is_made_of_type_and_identifier(bank):
    bank.drop("accounts.csv", FIRST_ACCOUNTS)
    bank.drop("customers.csv", "id,owns,uses\nA1,A1,\n")
    bank.build()
    ids = {str(row[0]) for row in bank.rows("select group_id from groups_account")}
    people = {str(row[0]) for row in bank.rows("select profile_id from profiles")}
    assert len(ids) == 3
    assert not ids & people
    assert bank.rows("select account_id from groups_account where group_id::text[15] = '8'") != []


def test_groups_are_not_made_where_the_goal_does_not_create_them(bank):
    text = ACCOUNTS.replace("{iban: iban}]}", "{iban: iban}], create_groups: false}")
    bank.goals(CUSTOMERS + text + EXPORTS)
    bank.drop("accounts.csv", FIRST_ACCOUNTS)
    bank.build()
    assert bank.outcomes("shop.accounts") == {"unmatched": 4}
    assert bank.rows(GROUPS) == []


def test_files_hold_what_groups_and_members_have(bank):
    bank.drop("customers.csv", FIRST_CUSTOMERS)
    bank.drop("accounts.csv", FIRST_ACCOUNTS)
    bank.build()
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


def test_the_rest_of_the_columns_become_properties_of_groups(bank):
    bank.goals(CUSTOMERS + ACCOUNTS + "  map_rest: {prefix: bank_}\n")
    bank.drop(
        "accounts.csv", "id,iban,kind,city,labels,opened,amount,branch\nA1,,,,,,1,Zuid\n"
    )
    bank.build()
    assert bank.rows("select account_id, bank_branch from groups_account") == [("A1", "Zuid")]
    assert "bank_branch" not in str(bank.rows("describe profiles"))


def test_a_broken_file_of_groups_leaves_them_as_they_were(bank):
    bank.drop("customers.csv", FIRST_CUSTOMERS)
    bank.drop("accounts_1.csv", FIRST_ACCOUNTS)
    bank.build()
    bank.drop("accounts_2.csv", "id,iban\nA1,NL01\n")
    ended = bank.run("build")
    assert ended.code == 1
    assert "accounts_2.csv has no column" in ended.told
    assert bank.rows(GROUPS) == ALL_GROUPS


def test_lines_of_groups_that_do_not_fit_are_set_aside(bank):
    bank.drop("accounts.csv", FIRST_ACCOUNTS + "A4,NL04,x\nA2,,,,,2021-02-31,1\n")
    bank.build()
    rejects = bank.rows("select goal, line, property, value from runner.rejects order by line")
    assert [row[:3] for row in rejects] == [
        ("shop.accounts", 6, None),
        ("shop.accounts", 7, "opened_on"),
    ]
    assert bank.rows("select balance from groups_account where account_id = 'A2'") == [(21,)]


@pytest.mark.parametrize(
    ("file", "found", "written", "message"),
    [
        (
            "connections/shop.yml",
            "group_type: account",
            "group_type: acount",
            "there is no group type 'acount'. Did you mean 'account'?",
        ),
        (
            "models/properties.yml",
            "group: account",
            "group: accounts",
            "there is no group type 'accounts'. Did you mean 'account'?",
        ),
        (
            "connections/shop.yml",
            "group: account, property: city",
            "group: account, property: citty",
            "there is no property of account 'citty'. Did you mean 'city'?",
        ),
        (
            "connections/shop.yml",
            "header: ACCOUNT, property: account_id",
            "header: ACCOUNT, property: acount_id",
            "there is no property of account 'acount_id'. Did you mean 'account_id'?",
        ),
        (
            "connections/shop.yml",
            "kind: kind",
            "kindd: kind",
            "there is no property 'kindd'. Did you mean 'kind'?",
        ),
        (
            "connections/shop.yml",
            "header: MEMBERS, members: true",
            "header: MEMBERS, segments: all",
            "an export of groups has no `segments`",
        ),
        (
            "connections/shop.yml",
            "header: ID, property: customer_id",
            "header: ID, group_id: true",
            "`group_id` is for goals of kind export_groups",
        ),
        (
            "models/groups/account.yml",
            "account_id: {identifier: true}",
            "account_id: {identifier: true, type: integer}",
            "is integer: give both the same type",
        ),
        (
            "models/groups/account.yml",
            "  kind: text",
            "  members: integer",
            "`members` is made by runner itself",
        ),
        (
            "models/segments/owners.sql",
            "ref('groups_account')",
            "ref('groups_acount')",
            "there is no model 'groups_acount'. Did you mean 'groups_account'?",
        ),
    ],
)
def test_mistakes_are_told_where_they_stand(bank, file, found, written, message):
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


def test_commands_treat_goals_of_groups_as_all_others(bank):
    bank.drop("customers.csv", FIRST_CUSTOMERS)
    bank.drop("accounts.csv", FIRST_ACCOUNTS)
    assert "shop.accounts" in bank.run("ls", "--resource-type", "import_groups").told
    assert "accounts.csv" in bank.run("scan", "shop.accounts").told
    preview = bank.run("preview", "shop.accounts")
    assert preview.code == 0, preview.told
    assert "balance" in preview.told
    assert "owners" not in bank.build("--select", "shop.accounts")
    ended = bank.run("run", "--select", "+shop.cities")
    assert ended.code == 0, ended.told
    preview = bank.run("preview", "shop.statements")
    assert preview.code == 0, preview.told
    assert "A1" in preview.told or "X9" in preview.told
    assert bank.run("show", "--inline", "select * from {{ ref('profile_groups') }}").code in (0, 2)
