"""The webshop's customers, and the people who signed up for its newsletter. All are invented."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

from generator.dice import Dice
from generator.places import dutch

CUSTOMERS = 2000
# Customers that the older file still has and the newer one no longer.
DEPARTED = 15
# Customers that the older file already has.
KNOWN_EARLY = 1740
SUBSCRIPTIONS = 900
TOPICS = ("books", "garden", "home", "kitchen", "sports", "toys")


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split("|"))


FIRST_NAMES = _words(
    "Anna|Anne-Marie|Bram|Chloé|Daan|Daniël|Dirk|Eline|Emma|Fatima|Femke|Finn|Floor|Geert|Hanna|"
    "Hugo|Ilse|Iris|Jan|Jan-Willem|Jasmijn|Jeroen|Joost|Julia|Karim|Kees|Koen|Lars|Lieke|Lotte|"
    "Luuk|Maaike|Marit|Mees|Mila|Mohammed|Naomi|Niels|Noor|Olivier|Paul|Pieter|Renée|René|Roos|"
    "Ruben|Saar|Sanne|Sem|Sofie|Stijn|Tess|Thijs|Tim|Tom|Wout|Yara|Zoë"
)
LAST_NAMES = _words(
    "Bakker|Blom|Bos|Brouwer|Çelik|D'Arc|de Boer|de Graaf|de Groot|de Haan|de Vries|de Wit|Dekker|"
    "Dijkstra|El Amrani|García|Hendriks|Hermans|Huisman|Jacobs|Jansen|Kok|Koster|Kuiper-de Wit|"
    "Kuipers|Martens|McDonald|Meijer|Mulder|Müller|O'Neil|Peeters|Peters|Postma|Prins|Smit|Smits|"
    "van 't Hof|van de Ven|van den Berg|van den Heuvel|van der Linden|van der Meer|van Dijk|"
    "van Leeuwen|Veenstra|Vermeulen|Visser|Vos"
)
STREETS = _words(
    "Beatrixstraat|Dorpsstraat|Eikenhof|Julianalaan|Kerkstraat|Lindelaan|Molenweg|Nieuwstraat|"
    "Parkweg|Prins Hendrikkade|Schoolstraat|Stationsweg"
)
WITHOUT_MARKS = str.maketrans("éëçíü", "eeciu", " '-")


@dataclass(frozen=True)
class Customer:
    """One account, as the shop recorded it; the fields are the columns of the file."""

    customer_id: str
    first_name: str
    last_name: str
    email: str
    phone: str
    birth_date: str
    street: str
    postal_code: str
    balance: str


def customers(postal_codes: Sequence[str]) -> list[Customer]:
    """Return all accounts in the order of their ids; the last `DEPARTED` have left since."""
    dice = Dice(2)
    made: list[Customer] = []
    for number in range(CUSTOMERS + DEPARTED):
        first, last = dice.pick(FIRST_NAMES), dice.pick(LAST_NAMES)
        made.append(
            Customer(
                customer_id=f"C{10001 + number}",
                first_name=_odd_case(dice, first),
                last_name=_odd_case(dice, last),
                email=_email(dice, f"{first}.{last}{number}"),
                phone=_phone(dice),
                birth_date=_birth_date(dice),
                street=_street(dice),
                postal_code=_postal_code(dice, postal_codes),
                balance=_balance(dice),
            )
        )
    return _with_second_accounts(dice, made)


def _with_second_accounts(dice: Dice, made: list[Customer]) -> list[Customer]:
    """Give later accounts the e-mail address of an earlier one: one person, two accounts."""
    for _ in range(40):
        email, second = made[dice.below(600)].email, 600 + dice.below(1300)
        made[second] = replace(made[second], email=email.upper() if dice.chance(50) else email)
    return made


def earlier(everyone: Sequence[Customer], postal_codes: Sequence[str]) -> list[Customer]:
    """Return the older customer file: fewer accounts, some of them before they moved."""
    dice = Dice(3)
    return [
        replace(
            one,
            street=_street(dice),
            postal_code=dice.pick(postal_codes),
            phone=_phone(dice),
        )
        if dice.chance(6)
        else one
        for one in (*everyone[:KNOWN_EARLY], *everyone[CUSTOMERS:])
    ]


def _odd_case(dice: Dice, name: str) -> str:
    roll = dice.below(100)
    if roll < 6:
        return name.upper()
    return name.lower() if roll < 12 else name


def _email(dice: Dice, name: str) -> str:
    plain = name.lower().translate(WITHOUT_MARKS)
    email = f"{plain}@example.{dice.pick(('com', 'net', 'org'))}"
    roll = dice.below(100)
    if roll < 4:
        return ""
    if roll < 5:
        return dice.pick(("n/a", "geen", "-", plain))
    if roll < 10:
        return email.upper()
    return f" {email} " if roll < 12 else email


def _phone(dice: Dice) -> str:
    if dice.chance(12):
        return dice.pick(("", "", "", "-", "onbekend", "112"))
    spelling = dice.pick(
        (
            "06-{0}{1}",
            "06{0}{1}",
            "6{0}{1}",
            "06 {0} {1}",
            "+316{0}{1}",
            "+31 6 {0}{1}",
            "+31 (0)6-{0}{1}",
            "0031 6 {0}{1}",
        )
    )
    return spelling.format(f"{dice.below(10000):04d}", f"{dice.below(10000):04d}")


def _birth_date(dice: Dice) -> str:
    if dice.chance(9):
        return ""
    if dice.chance(0.7):
        return dice.pick(("31-02-1985", "onbekend", "1985-02-28", "00-00-0000"))
    born = date(1940, 1, 1) + timedelta(days=dice.below(24400))
    return f"{born:%d-%m-%Y}"


def _street(dice: Dice) -> str:
    street = f"{dice.pick(STREETS)} {1 + dice.below(240)}"
    roll = dice.below(100)
    if roll < 3:
        return f'{street}, "De Hoeve"'
    return f"{street}, {dice.pick('ABCD')}" if roll < 8 else street


def _postal_code(dice: Dice, postal_codes: Sequence[str]) -> str:
    roll = dice.below(1000)
    if roll < 25:
        return ""
    return dice.pick(("9999", "0000", "1O12")) if roll < 32 else dice.pick(postal_codes)


def _balance(dice: Dice) -> str:
    if not dice.chance(30):
        return ""
    amount = dutch(100 + dice.below(250000))
    return dice.pick(("€ {}", "€ {}", "({})", "{}", "€ {}-")).format(amount)


def subscribers(everyone: Sequence[Customer]) -> list[tuple[str, ...]]:
    """Return e-mail, flag, interests and time of each sign-up: customers and others, some twice."""
    dice = Dice(4)
    written = [one.email.strip() for one in everyone[:CUSTOMERS] if "@" in one.email]
    lines: list[tuple[str, ...]] = []
    at = datetime(2024, 10, 1, 8, 0, tzinfo=UTC)
    for number in range(SUBSCRIPTIONS):
        at += timedelta(minutes=5 + dice.below(600))
        email = dice.pick(written) if dice.chance(60) else f"reader{number}@example.org"
        if lines and dice.chance(6):
            email = dice.pick(lines)[0]
        roll = dice.below(100)
        if roll < 10:
            email = email.upper()
        elif roll < 12:
            email = dice.pick(("", "", "unknown", "reader at example.org"))
        interests = "|".join(dice.shuffled(TOPICS)[: dice.below(4)])
        flag = "false" if dice.chance(15) else "true"
        lines.append((email, flag, interests, f"{at:%d-%m-%Y %H:%M}"))
    return _with_odd_lines(lines)


def _with_odd_lines(lines: list[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """Add unreadable flags, a day that does not exist, and repeated lines."""
    for number, flag in ((200, "maybe"), (205, "")):
        lines[number] = (f"odd{number}@example.org", flag, *lines[number][2:])
    lines[210] = ("odd210@example.org", *lines[210][1:3], "31-11-2024 12:00")
    for number in (120, 340, 560):
        lines.insert(number + 3, lines[number])
    return lines
