"""Groups: imported like profiles, and linked to them by a property (G1)."""

import pytest

from tests.functional.workshop import Workshop

ACCOUNT = """\
title: Bank account
properties:
  iban: {identifier: true, description: Number of the account}
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
- name: clients
  kind: import_profiles
  files: {clients: clients_*.csv}
  identify: {by: [{client: clients.client}]}
  map:
    name: clients.name
    owns: {from: clients.owns, strategy: add}
    uses: clients.uses
"""


@pytest.fixture
def bank(shop: Workshop) -> Workshop:
    shop.properties(PROPERTIES)
    shop.write("models/groups/account.yml", ACCOUNT)
    shop.goals(GOALS)
    return shop


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


def test_people_belong_to_several_groups_known_and_unknown(bank: Workshop) -> None:
    bank.drop("clients_1.csv", "client,name,owns,uses\n1,An,A|B,\n2,Bo,B,A\n3,Cy,,\n4,Di,X,X\n")
    bank.drop("accounts_1.csv", "iban,kind,amount,card\nA,saving,10,a\nB,joint,5.5,b\nC,empty,,\n")
    bank.build()
    assert accounts(bank) == [
        ("A", "saving", 10, 2),
        ("B", "joint", 5.5, 2),
        ("C", "empty", None, 0),
    ]
    assert links(bank) == [
        ("1", "owns", "A", "saving"),
        ("1", "owns", "B", "joint"),
        ("2", "owns", "B", "joint"),
        ("2", "uses", "A", "saving"),
        ("4", "owns", "X", None),
        ("4", "uses", "X", None),
    ]
    check_refresh(bank)


def test_group_that_comes_after_its_members_gets_them(bank: Workshop) -> None:
    bank.drop("clients_1.csv", "client,name,owns,uses\n1,An,A,\n")
    bank.drop("accounts_1.csv", "iban,kind,amount,card\nB,joint,5.5,b\n")
    bank.build()
    assert links(bank) == [("1", "owns", "A", None)]
    bank.drop("accounts_2.csv", "iban,kind,amount,card\nA,saving,10,a\nB,joint,7,c\n")
    bank.drop("clients_2.csv", "client,name,owns,uses\n1,An,B,B\n")
    bank.build()
    assert links(bank) == [
        ("1", "owns", "A", "saving"),
        ("1", "owns", "B", "joint"),
        ("1", "uses", "B", "joint"),
    ]
    assert accounts(bank) == [("A", "saving", 10, 1), ("B", "joint", 7, 1)]
    # The line with this `iban` was corrected: what it added goes too.
    assert accounts(bank, "iban, cards") == [("A", ["a"]), ("B", ["c"])]
    check_refresh(bank)


def test_groups_and_profiles_may_have_the_same_identifier(bank: Workshop) -> None:
    bank.properties(PROPERTIES + "iban: {identifier: true}\n")
    bank.goals(
        GOALS.replace(
            "[{client: clients.client}]", "[{iban: clients.uses}, {client: clients.client}]"
        )
    )
    bank.drop("clients_1.csv", "client,name,owns,uses\n1,An,,A\n")
    bank.drop("accounts_1.csv", "iban,kind,amount,card\nA,saving,10,a\n")
    bank.build()
    assert bank.profiles("iban, client") == [("A", "1")]
    assert accounts(bank) == [("A", "saving", 10, 1)]
    profile, group = bank.rows("select profile_id, group_id from profile_groups")[0]
    assert profile != group


def test_groups_that_are_not_to_be_made_are_unmatched(bank: Workshop) -> None:
    bank.goals(
        GOALS.replace("identify: {by: [{iban", "identify: {create_groups: false, by: [{iban")
    )
    bank.drop("accounts_1.csv", "iban,kind,amount,card\nA,saving,10,a\n")
    bank.drop("clients_1.csv", "client,name,owns,uses\n1,An,A,\n")
    ended = bank.run("build")
    assert "1 unmatched" in ended.told
    assert accounts(bank) == []


def test_changed_goal_takes_its_sums_back(bank: Workshop) -> None:
    bank.drop("clients_1.csv", "client,name,owns,uses\n1,An,A,\n")
    bank.drop("accounts_1.csv", "iban,kind,amount,card\nA,saving,10,a\nA,saving,10,b\n")
    bank.build()
    assert accounts(bank) == [("A", "saving", 10, 1)]
    bank.goals(GOALS.replace("  key: iban\n", ""))
    bank.build()
    assert accounts(bank) == [("A", "saving", 20, 1)]
    assert bank.profiles("name") == [("An",)]
    check_refresh(bank)


def test_models_and_segments_read_groups(bank: Workshop) -> None:
    bank.write(
        "models/segments/savers.sql",
        "select links.profile_id from {{ ref('profile_groups') }} as links\n"
        "inner join {{ ref('groups_account') }} as accounts on links.group_id = accounts.group_id\n"
        "where accounts.kind = 'saving'",
    )
    bank.drop("clients_1.csv", "client,name,owns,uses\n1,An,A|B,\n2,Bo,B,\n")
    bank.drop("accounts_1.csv", "iban,kind,amount,card\nA,saving,10,a\nB,joint,5.5,b\n")
    bank.build()
    assert bank.rows(
        "select client from segments.savers inner join profiles using (profile_id)"
    ) == [("1",)]


def test_rest_of_the_columns_become_properties_of_the_group(bank: Workshop) -> None:
    bank.goals(GOALS.replace("- name: clients", "  map_rest: {prefix: bank_}\n- name: clients"))
    bank.drop("clients_1.csv", "client,name,owns,uses\n1,An,A,\n")
    bank.drop("accounts_1.csv", "iban,kind,amount,card,branch\nA,saving,10,a,Gouda\n")
    bank.build()
    assert accounts(bank, "iban, bank_branch") == [("A", "Gouda")]
    assert (
        "bank_branch" not in bank.run("query", "select * from profiles", "--output", "csv").stdout
    )


@pytest.mark.parametrize(
    "command", [("scan",), ("preview", "shop.accounts"), ("ls",), ("compile",)]
)
def test_commands_treat_them_like_other_goals(bank: Workshop, command: tuple[str, ...]) -> None:
    bank.drop("clients_1.csv", "client,name,owns,uses\n1,An,A,\n")
    bank.drop("accounts_1.csv", "iban,kind,amount,card\nA,saving,10,a\nA,saving\n")
    ended = bank.run(*command)
    assert (ended.code, "accounts" in ended.told) == (0, True), ended.told
    if command[0] != "compile":
        return
    bank.build()
    assert "shop.accounts" in bank.run("build", "--select", "goal:accounts").told


@pytest.mark.parametrize(
    ("file", "old", "new", "told"),
    [
        (
            "connections/shop.yml",
            "group_type: account",
            "group_type: acount",
            "7:17: there is no group type 'acount'. Did you mean 'account'?",
        ),
        (
            "connections/shop.yml",
            "kind: accounts.kind",
            "knd: accounts.kind",
            "there is no property 'knd'. Did you mean 'kind'? Declared: balance, cards, iban, kind, number; declare it in models/groups/account.yml",
        ),
        (
            "models/properties.yml",
            "uses: {group: account}",
            "uses: {group: acc}",
            "there is no group type 'acc'. Did you mean 'account'?",
        ),
        (
            "models/groups/account.yml",
            "identifier: true",
            "identifier: false",
            "a group type needs a property with `identifier: true`",
        ),
        (
            "models/groups/account.yml",
            "kind: text",
            "members: integer",
            "`members` is made by runner itself",
        ),
    ],
)
def test_mistake_is_told_at_its_line(
    bank: Workshop, file: str, old: str, new: str, told: str
) -> None:
    path = bank.folder / file
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))
    ended = bank.run("build")
    assert (ended.code, told in ended.told) == (2, True), ended.told


def test_broken_file_leaves_groups_as_they_were(bank: Workshop) -> None:
    bank.drop("clients_1.csv", "client,name,owns,uses\n1,An,A,\n")
    bank.drop("accounts_1.csv", "iban,kind,amount,card\nA,saving,10,a\n")
    bank.build()
    bank.drop("accounts_2.csv", "number,kind,amount,card\nA,joint,1,a\n")
    ended = bank.run("build")
    assert ended.code == 1
    assert "`accounts` has no column 'iban'" in ended.told
    assert accounts(bank) == [("A", "saving", 10, 1)]


def test_a_value_that_identifies_no_group_names_none(bank: Workshop) -> None:
    bank.write(
        "models/groups/account.yml", "properties: {iban: {identifier: true, ignore: [none]}}\n"
    )
    bank.goals(GOALS[GOALS.index("- name: clients") :])
    bank.drop("clients_1.csv", "client,name,owns,uses\nc1,Jan,NL1,None\nc2,Eva,NL2,NL1\n")
    bank.build()
    assert bank.rows("select identifier from profile_groups order by all") == [
        ("NL1",),
        ("NL1",),
        ("NL2",),
    ]


def test_without_group_types_nobody_is_in_a_group(bank: Workshop) -> None:
    bank.drop("clients_1.csv", "client,name,owns,uses\nc1,Jan,NL1,NL2\n")
    bank.goals(GOALS[GOALS.index("- name: clients") :])
    bank.build()
    assert bank.rows("select count(*) from profile_groups") == [(2,)]
    (bank.folder / "models/groups/account.yml").unlink()
    bank.properties("client: {identifier: true}\nname: text\nowns: {multi: true}\nuses: text")
    bank.build()
    assert bank.rows("select count(*) from profile_groups") == [(0,)]
