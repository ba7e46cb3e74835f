"""Files that come and go encrypted with OpenPGP; the partner is GnuPG itself (F7)."""

import gzip
import io
import shutil
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from runner.errors import Location
from runner.pgp import DecryptionKeys, Decryptor, Key
from runner.pgp.decrypt import NotDecrypted
from tests.functional.workshop import Workshop
from tests.servers.gpg import Partner, partners

pytestmark = pytest.mark.any_engine

PASSPHRASE = "cörrect horse of 5 €"
TEXT = b"id,name\n1,Ann\n2,Bob\n"
IMPORT = """
- name: people
  kind: import_profiles
  files: {rows: {path: "people*"}}
  format:
    pgp:
      private_key: "{{ env_var('OUR_KEY') }}"
      passphrase: "{{ env_var('OUR_PASSPHRASE') }}"
  identify: {by: [{id: id}]}
  map: {name: name, visits: {value: 1, strategy: sum}}
"""
SIGNED = IMPORT.replace("  identify:", "      signers: [keys/partner.asc]\n  identify:")
EXPORT = """
- name: out
  kind: export_profiles
  segment: everybody
  directory: out
  file_name: everybody.csv
  format:
    pgp: {recipients: [keys/partner.asc]}
  columns: [{header: ID, property: id}, {header: NAME, property: name}]
"""
SEALED = EXPORT.replace(
    "[keys/partner.asc]}",
    "[keys/partner.asc], signing_key: keys/ours.asc, passphrase: \"{{ env_var('OUR_PASSPHRASE') }}\"}",
)
PEOPLE = [("1", "Ann", 1), ("2", "Bob", 1)]


@pytest.fixture(scope="module")
def us() -> Iterator[Partner]:
    with partners("us", passphrase=PASSPHRASE) as (made,):
        yield made


@pytest.fixture(scope="module")
def them(us: Partner) -> Iterator[tuple[Partner, Partner]]:
    with partners("partner", "stranger") as (partner, stranger):
        for one, other in ((partner, us), (stranger, us), (us, partner)):
            one.meet(other)
        yield partner, stranger


@pytest.fixture(scope="module")
def partner(them: tuple[Partner, Partner]) -> Partner:
    return them[0]


@pytest.fixture(scope="module")
def stranger(them: tuple[Partner, Partner]) -> Partner:
    return them[1]


@pytest.fixture
def people(shop: Workshop, us: Partner, partner: Partner) -> Workshop:
    shop.properties("id: text\nname: text\nvisits: decimal")
    shop.write("keys/partner.asc", partner.public)
    shop.write("keys/ours.asc", us.private)
    shop.write("models/segments/everybody.sql", "select profile_id from {{ ref('profiles') }}\n")
    shop.goals(IMPORT)
    shop.env = {"OUR_KEY": us.private, "OUR_PASSPHRASE": PASSPHRASE}
    return shop


def profiles(shop: Workshop) -> list[tuple[object, ...]]:
    return shop.profiles("id, name, visits", "id")


FORMS = ((), ("--armor",), ("--compress-algo", "none"))


def drop_forms(shop: Workshop, us: Partner, partner: Partner, more: str = "") -> None:
    """Drop a file of two people in each form, encrypted anew."""
    for number, options in enumerate(FORMS):
        text = f"id,name\n{number},Ann\n{number}b,Bob\n" + more.format(number)
        shop.drop(f"people_{number}.pgp", partner.seal(text.encode(), us, options=options))


def test_encrypted_file_is_imported_once(people: Workshop, us: Partner, partner: Partner) -> None:
    drop_forms(people, us, partner)
    people.build()
    imported = profiles(people)
    assert imported == sorted(
        (f"{number}{end}", name, 1)
        for number in range(3)
        for end, name in (("", "Ann"), ("b", "Bob"))
    )
    assert "Nothing new" in people.run("build").told
    # Encrypted anew, the same content has other bytes, and is the same file (F5).
    drop_forms(people, us, partner)
    people.build()
    assert profiles(people) == imported
    drop_forms(people, us, partner, "{}c,Cas\n")
    people.build()
    assert profiles(people) == sorted([*imported, *((f"{n}c", "Cas", 1) for n in range(3))])


def test_encrypted_file_without_a_staged_copy_is_downloaded_again_by_a_full_refresh(
    people: Workshop, us: Partner, partner: Partner
) -> None:
    people.drop("people.csv.pgp", partner.seal(TEXT, us))
    people.build()
    shutil.rmtree(people.folder / "target/staging")
    people.build("--full-refresh")
    assert profiles(people) == PEOPLE


def test_what_was_decrypted_is_for_its_owner_alone_and_is_replayed_without_the_key(
    people: Workshop, us: Partner, partner: Partner
) -> None:
    file = people.drop("people.csv.pgp", partner.seal(TEXT, us))
    people.build()
    kept = [path for path in (people.folder / "target/staging").rglob("*") if path.is_file()]
    assert {path.stat().st_mode & 0o077 for path in kept if len(path.name) == 64} == {0}
    assert not list((people.folder / "target").rglob("*.part"))
    file.unlink()
    other = partner.private
    people.env = {"OUR_KEY": other, "OUR_PASSPHRASE": ""}
    people.build("--full-refresh")
    assert profiles(people) == PEOPLE


def test_each_file_is_opened_by_the_key_that_fits_and_what_is_inside_too(
    people: Workshop, us: Partner, partner: Partner
) -> None:
    """While one private key replaces the other; the text of one has its line ends written out."""
    keys = "[keys/partner_private.asc, \"{{ env_var('OUR_KEY') }}\"]"
    people.env = {**people.env, "OUR_KEY": us.private.replace("\n", "\\n")}
    people.write("keys/partner_private.asc", partner.private)
    people.goals(IMPORT.replace("\"{{ env_var('OUR_KEY') }}\"", keys))
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("people.csv", "id,name\n3,Cas\n")
    people.drop("people_1.csv.gz.pgp", partner.seal(gzip.compress(TEXT), us))
    people.drop("people_2.zip.pgp", partner.seal(stream.getvalue(), us))
    people.drop("people_3.csv.pgp", us.seal(b"id,name\n4,Dee\n", partner))
    people.build()
    assert profiles(people) == [*PEOPLE, ("3", "Cas", 1), ("4", "Dee", 1)]


def check_refused(shop: Workshop, files: dict[str, tuple[bytes, str]]) -> None:
    """Files are refused and told, the good one beside them is imported, and the build fails."""
    for name, (content, _) in files.items():
        shop.drop(name, content)
    ended = shop.run("build")
    assert ended.code == 1, ended.told
    warnings = shop.results()["shop.people"]["warnings"]
    for name, (_, words) in files.items():
        assert [text for text in warnings if f"{name}: " in text and words in text], warnings
    assert profiles(shop) == PEOPLE
    for secret in (PASSPHRASE, "PRIVATE KEY", "Cas"):
        assert secret not in ended.told


CAS = b"id,name\n3,Cas\n"
PLAIN = ("--compress-algo", "none")


def test_files_that_cannot_be_decrypted_whole_are_refused(
    people: Workshop, us: Partner, partner: Partner
) -> None:
    sealed = partner.seal(CAS * 5000, us, options=PLAIN)
    middle = len(sealed) // 2
    armored = partner.seal(CAS, us, options=("--armor",))
    bomb = b"id,name\n" + b"\n" * 70_000_000
    damaged = "the encrypted file is damaged, cut short"
    people.drop("people_1.csv.pgp", partner.seal(TEXT, us))
    files = {
        "people_plain.csv": (CAS, "the file is not encrypted with PGP, and `pgp` is declared"),
        "people_signed.pgp": (
            partner.gpg("--sign", content=CAS), "the file is signed, but not encrypted",
        ),
        "people_other.pgp": (
            us.seal(CAS, partner), "the file is encrypted for other keys than the private key",
        ),
        "people_cut.pgp": (sealed[:-40], damaged),
        "people_changed.pgp": (
            sealed[:middle] + bytes([sealed[middle] ^ 1]) + sealed[middle + 1 :], damaged,
        ),
        # A second message behind the first would be lost. Many: GnuPG stops before the end.
        "people_twice.pgp": (sealed * 40, damaged),
        "people_longer.pgp": (sealed + b"and more", damaged),
        "people_armored.asc": (armored + armored, damaged),
        "people_bomb.pgp": (
            partner.seal(bomb, us, options=("--compress-algo", "bzip2")),
            " encrypted bytes grow to more than 67108864, which",
        ),
    }  # fmt: skip
    check_refused(people, files)
    check_refused(people, {})


def test_all_refused_files_are_told(people: Workshop, us: Partner, partner: Partner) -> None:
    for number in range(3):
        people.drop(f"people_{number}.csv", CAS)
    ended = people.run("build")
    assert ended.code == 1
    told = "people_0.csv: the file is not encrypted with PGP, and `pgp` is declared for it"
    assert told in ended.told
    assert "2 files are left as well: people_1.csv, people_2.csv" in ended.told


def test_signature_of_a_signer_is_required(
    people: Workshop, us: Partner, partner: Partner, stranger: Partner
) -> None:
    """Our own key is none of a signer."""
    us.meet(us)
    people.goals(SIGNED)
    people.drop("people_1.csv.pgp", partner.seal(TEXT, us, options=("--sign",)))
    expiring = ("--sign", "--default-sig-expire", "seconds=1")
    expired = partner.seal(CAS, us, options=expiring)
    time.sleep(2.1)
    none = "the file is refused: none of the declared `signers` signed it"
    files = {
        "people_2.csv.pgp": (partner.seal(CAS, us), "the file is refused: it is not signed"),
        "people_3.csv.pgp": (stranger.seal(CAS, us, options=("--sign",)), none),
        "people_4.csv.pgp": (us.seal(CAS, us, options=("--sign",)), none),
        "people_5.csv.pgp": (expired, "the file is refused: its signature has expired"),
    }
    check_refused(people, files)
    for name in files:
        (people.folder / "drop" / name).unlink()
    people.drop("people_2.csv.pgp", partner.seal(CAS, us, options=("--sign", "--armor")))
    people.build()
    assert profiles(people) == [*PEOPLE, ("3", "Cas", 1)]


@pytest.mark.parametrize("options", [(), ("--compress-algo", "none")])
def test_damage_is_told_from_a_missing_and_from_a_wrong_signature(
    us: Partner, partner: Partner, tmp_path: Path, options: tuple[str, ...]
) -> None:
    here = Location("connections/shop.yml", 10, 1)
    ours, theirs = (Key(text.encode(), "a key", here) for text in (us.private, partner.public))
    keys = DecryptionKeys((ours,), (theirs,), here, PASSPHRASE)
    sealed = partner.seal(TEXT * 200, us, options=("--sign", *options))

    def told(content: bytes) -> str:
        (tmp_path / "sealed").write_bytes(content)
        with Decryptor(keys).open() as decode, pytest.raises(NotDecrypted) as raised:
            decode(tmp_path / "sealed", tmp_path / "plain", "f.pgp", 10**7)
        return raised.value.message

    for at in (len(sealed) // 2, len(sealed) // 4 * 3, len(sealed) - 1):
        flipped = sealed[:at] + bytes([sealed[at] ^ 1]) + sealed[at + 1 :]
        assert "the encrypted file is damaged" in told(flipped), at
    assert "it is not signed" in told(partner.seal(TEXT, us, options=options))


@pytest.mark.parametrize(
    ("env", "words"),
    [
        ({"OUR_PASSPHRASE": "wröng horse of 5 €"}, "the passphrase does not fit the private key"),
        ({"OUR_PASSPHRASE": ""}, "the private key needs a passphrase"),
        (
            {"OUR_KEY": "keys/nothing.asc"},
            "cannot read the private key env_var('OUR_KEY'): No such",
        ),
        ({"OUR_KEY": "keys/partner.asc"}, "is the public half of a key; the private one is needed"),
        ({"OUR_KEY": "-----BEGIN PGP PRIVATE KEY BLOCK-----\n\nabc\n"}, "is not an OpenPGP key"),
        ({"OUR_KEY": "two\nlines"}, "is neither a path nor the text of a key"),
    ],
)
def test_keys_that_do_not_fit_are_reported_with_their_line(
    people: Workshop, us: Partner, partner: Partner, env: dict[str, str], words: str
) -> None:
    people.env = {**people.env, **env}
    people.drop("people.csv.pgp", partner.seal(TEXT, us))
    ended = people.run("build")
    assert ended.code == 1, ended.told
    assert words in ended.told
    assert "connections/shop.yml:10:" in ended.told
    assert PASSPHRASE not in ended.told
    assert "horse" not in ended.told


def test_debug_tries_the_declared_keys_before_a_file_is_there(
    people: Workshop, us: Partner, partner: Partner
) -> None:
    people.goals(SIGNED + SEALED)
    (people.folder / "drop/out").mkdir()
    ended = people.run("debug")
    assert ended.code == 0, ended.told
    assert "keys of people" in ended.told
    assert "good: the private key, the key of a signer keys/partner.asc" in ended.told
    assert "encrypted for the key of a recipient keys/partner.asc; signed with" in ended.told
    with partners("past", expired=True) as (past,):
        people.write("keys/past.asc", past.public)
        people.write("keys/past_private.asc", past.private)
    wrong = {
        "OUR_PASSPHRASE": ("wrong horse", "the passphrase does not fit the private key", 10),
        "OUR_KEY": ("keys/partner.asc", "is the public half of a key; the private", 10),
        "OUR_KEY ": ("keys/past_private.asc", "nobody can encrypt for the private key", 10),
    }
    for name, (value, words, line) in wrong.items():
        people.env = {
            "OUR_KEY": us.private,
            "OUR_PASSPHRASE": PASSPHRASE,
            name.strip(): value,
        }
        ended = people.run("debug")
        assert ended.code == 4, ended.told
        assert f"connections/shop.yml:{line}:" in ended.told
        assert words in ended.told
        assert "horse" not in ended.told
    people.env = {"OUR_KEY": us.private, "OUR_PASSPHRASE": PASSPHRASE + "\n"}
    people.goals((SIGNED + EXPORT).replace("keys/partner.asc", "keys/past.asc"))
    ended = people.run("debug")
    assert ended.code == 4
    assert "nobody can sign with the key of a signer keys/past.asc" in ended.told
    assert "keys/past.asc cannot be used to encrypt: " in ended.told
    assert "connections/shop.yml:12:" in ended.told
    assert "connections/shop.yml:22:" in ended.told


def test_without_gnupg_the_message_says_what_to_install(
    people: Workshop, us: Partner, partner: Partner, tmp_path: Path
) -> None:
    people.drop("people.csv.pgp", partner.seal(TEXT, us))
    people.env = {**people.env, "PATH": str(tmp_path)}
    ended = people.run("build")
    assert ended.code == 1
    assert "there is no `gpg` on this machine" in ended.told
    assert "apt-get install gnupg" in ended.told


def test_mistakes_are_reported_with_their_line(people: Workshop) -> None:
    people.goals(
        IMPORT.replace("private_key", "privat_key") + EXPORT.replace("[keys/partner.asc]", "[]")
    )
    ended = people.run("build")
    assert ended.code == 2
    assert "unknown key `privat_key`. Did you mean 'private_key'?" in ended.told
    assert "expected the public key of a reader" in ended.told


def test_passphrase_that_is_written_out_is_warned_of(people: Workshop) -> None:
    people.goals(IMPORT.replace("{{ env_var('OUR_PASSPHRASE') }}", "correct horse"))
    assert "is written out here; take it from the environment" in people.run("build").told


def test_scan_and_preview_read_encrypted_files(
    people: Workshop, us: Partner, partner: Partner
) -> None:
    people.drop("people.csv.pgp", partner.seal(TEXT, us))
    assert "id, name" in people.run("scan").stdout.replace("│", "")
    assert "Ann" in people.run("preview", "shop.people", "--show-pii").stdout
    people.build()
    assert people.run("scan").code == 0


def sent(shop: Workshop, name: str) -> bytes:
    return (shop.folder / "drop/out" / name).read_bytes()


def test_export_is_encrypted_for_its_readers_alone(
    people: Workshop, us: Partner, partner: Partner
) -> None:
    people.goals(IMPORT + EXPORT)
    people.drop("people.csv.pgp", partner.seal(TEXT, us))
    people.build()
    first = sent(people, "everybody.csv.pgp")
    plain, said = partner.unseal(first)
    assert sorted(plain.decode().splitlines()) == ["1,Ann", "2,Bob", "ID,NAME"]
    assert "GOODSIG" not in said
    assert "PLAINTEXT 62" in said
    for path in (people.folder / "target/exports").rglob("*"):
        assert path.is_dir() or b"Ann" not in path.read_bytes()
    # The same content; only the envelope is another one.
    people.build()
    again = sent(people, "everybody.csv.pgp")
    assert again != first
    assert partner.unseal(again)[0] == plain


def test_export_is_signed_and_compressed_inside(
    people: Workshop, us: Partner, partner: Partner
) -> None:
    form = "pgp: {armor: true, recipients"
    goal = SEALED.replace("pgp: {recipients", form).replace(
        "  format:\n", "  format:\n    compression: gzip\n"
    )
    people.goals(IMPORT + goal)
    people.drop("people.csv.pgp", partner.seal(TEXT, us))
    people.build()
    sealed = sent(people, "everybody.csv.gz.asc")
    assert sealed.startswith(b"-----BEGIN PGP MESSAGE-----")
    plain, said = partner.unseal(sealed)
    assert "GOODSIG" in said
    assert b"Ann" in gzip.decompress(plain)


def test_what_is_exported_can_be_imported_again(
    people: Workshop, us: Partner, partner: Partner
) -> None:
    people.write("keys/ours_public.asc", us.public)
    goal = SEALED.replace("[keys/partner.asc]", "[keys/partner.asc, keys/ours_public.asc]")
    people.goals(IMPORT + goal)
    people.drop("people.csv.pgp", partner.seal(TEXT, us))
    people.build()
    assert us.unseal(sent(people, "everybody.csv.pgp")) != partner
    (people.folder / "drop/out/everybody.csv.pgp").rename(people.folder / "drop/back.pgp")
    people.properties("id: text\nname: text\nvisits: decimal")
    back = (
        SIGNED.replace("people*", "back*").replace("id: id", "id: ID").replace(": name", ": NAME")
    )
    people.goals(back.replace("keys/partner.asc", "keys/ours_public.asc"))
    people.build()
    assert people.profiles("id, name", "id") == [("1", "Ann"), ("2", "Bob")]


UNFIT = {
    "keys/nothing.asc": "cannot read the key of a recipient keys/nothing.asc",
    "keys/bad.asc": "the key of a recipient keys/bad.asc is not an OpenPGP key",
    "keys/old.asc": "the key of a recipient keys/old.asc cannot be used to encrypt",
}


def test_export_with_a_key_or_a_passphrase_that_does_not_fit_sends_nothing(
    people: Workshop,
) -> None:
    people.write("keys/bad.asc", "no key")
    with partners("late", expired=True) as (late,):
        people.write("keys/old.asc", late.public)
    start, _, rest = IMPORT.partition("  format:")
    exports = [EXPORT.replace("keys/partner.asc", key) for key in UNFIT]
    named = [
        goal.replace("name: out", f"name: out_{number}").replace("everybody.csv", f"{number}.csv")
        for number, goal in enumerate([*exports, SEALED])
    ]
    people.goals(start + rest[rest.index("  identify:") :] + "".join(named))
    people.env = {"OUR_PASSPHRASE": "wröng horse €"}
    people.drop("people.csv", TEXT)
    ended = people.run("build")
    assert ended.code == 1, ended.told
    said = [people.results()[f"shop.out_{number}"]["message"] for number in range(4)]
    signing = "the passphrase does not fit the signing key keys/ours.asc"
    for message, words in zip(said, [*UNFIT.values(), signing], strict=True):
        assert words in message
        assert words in ended.told
    assert "wröng" not in ended.told
    assert not (people.folder / "drop/out").exists()
