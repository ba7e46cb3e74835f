"""Names of properties made of names of columns, and what such names say of their values."""

import re
import unicodedata
from collections.abc import Collection

from runner.definitions.profile_property import BUILT_IN, RESERVED

WORDS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+")
LATIN = str.maketrans(
    {"ß": "ss", "ø": "o", "Ø": "O", "æ": "ae", "Æ": "Ae", "œ": "oe", "ł": "l", "đ": "d"}
)
"""Letters that have no plain one and an accent."""
PERSONAL = re.compile(
    r"""e_?mail|mail_?address|phone|telephone|telefoon|telefon|mobile|mobiel|gsm|handy|fax
    |(first|last|middle|full|sur|given|family|nick|birth|maiden|contact|user|nach|vor|achter|voor|roep)_?name?n?
    |(first|last)name|firstname|surname|lastname|voornaam|achternaam|tussenvoegsel|vorname|nachname|prenom|nom
    |apellidos?|nombre|name|naam|initials|voorletters|prefix|salutation|aanhef|title
    |street|address|addr|adres|adresse|straat|strasse|rue|house_?(number|no|nr)|huisnummer
    |zip|zip_?code|post_?code|postal_?code|plz|birth|born|dob|geboorte|geburt|age|leeftijd
    |iban|bic|account_?(number|no)|bsn|ssn|passport|tax_?id|vat_?id|ip|ip_?address
    |lat|lon|lng|latitude|longitude|gender|sex|geslacht|geschlecht""",
    re.VERBOSE,
)
OF_THINGS = ("name", "naam", "nom", "title", "prefix", "age", "ip")
"""Words that are personal by themselves, or beside a word for a person: products have names too."""
CUSTOMER = re.compile(
    r"(customer|client|klant|kunde|kunden|user|member|lid|person|contact|subscriber|profile|relatie"
    r"|account|cust|donor|guest|patient|student|employee|cliente|debtor|debiteur|visitor|loyalty"
    r"|membership|card|kaart|karten?|c)"
)
COMPOUND = re.compile(
    r"(customer|client|klant|kunden?|user|u|member|contact|subscriber|profile|relatie|debiteur"
    r"|visitor|kaart|karten)"
    r"_?(id|nr|no|num|nummer|number|key|code)"
)
"""Words that are written in one: `klantnummer`."""
ID = re.compile(r"(.*_)?(id|key|nr|no|num|number|nummer|code|ref|uuid|guid)|.*(id|nummer|nr)")
PHONE = re.compile(r".*(phone|telefo|mobile|mobiel|gsm|handy|fax|tel$).*")
POSTAL = re.compile(r".*(zip|post_?code|postal|plz).*")
MOMENT = re.compile(
    r"(.*_)?(date|datum|day|dob|born|birth|time|tijd|timestamp|ts|at|on|since|until)(_.*)?"
    r"|.*(date|datum)"
)
FLAG = re.compile(
    r"(is|has|was|can|opt|allow)_.*|.*(opt_?in|optin|consent|subscribed|active|actief|flag|enabled)"
)


def property_name(column: str, number: int, taken: Collection[str], prefix: str) -> str:
    """Return a name for the property of a column: `CustomerKey` is `customer_key`.

    It has letters, digits and `_`; one that is taken or runner's own begins with `prefix`.
    """
    written = column.translate(LATIN)
    plain = unicodedata.normalize("NFKD", written).encode("ascii", "ignore").decode()
    name = "_".join(WORDS.findall(plain)).lower() or f"column_{number}"
    if name[0].isdigit():
        name = f"{prefix}_{name}"
    if name in (*RESERVED, *BUILT_IN) or name in taken:
        name = f"{prefix}_{name}"
    made, count = name, 1
    while made in taken:
        count += 1
        made = f"{name}_{count}"
    return made


def is_personal(name: str) -> bool:
    """Tell whether a property's name is that of something personal."""
    parts = name.split("_")
    spans = {"_".join(parts[i:j]) for i in range(len(parts)) for j in range(i + 1, len(parts) + 1)}
    of_person = len(parts) == 1 or any(CUSTOMER.fullmatch(part) for part in parts)
    return any(PERSONAL.fullmatch(span) and (of_person or span not in OF_THINGS) for span in spans)


def is_customer_id(name: str) -> bool:
    """Tell whether a property's name is that of a number of a customer."""
    parts = name.split("_")
    is_of_person = any(CUSTOMER.fullmatch(part) for part in parts[:-1])
    return bool(COMPOUND.fullmatch(name) or (ID.fullmatch(name) and is_of_person))


def is_id(name: str) -> bool:
    """Tell whether a property's name is that of a number or a code, not of an amount."""
    return bool(ID.fullmatch(name) or PHONE.fullmatch(name) or POSTAL.fullmatch(name))
