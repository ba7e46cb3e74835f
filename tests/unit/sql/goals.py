"""Import goals whose templates are tested: each shows other parts of them."""

from tests.unit.sql.workbench import Goal

PROPERTIES = """\
email: {identifier: true}
phone: {identifier: true}
name: text
visits: integer
spent: decimal(18,2)
tags: {multi: true}
"""
COLUMNS = {"rows": "email phone name visits spent tags mail level"}
CONSENT = "objectives: [mail]"


def _goal(
    identify: str = "by: [{email: rows.email}, {phone: rows.phone}]",
    map_: str = "name: rows.name",
    more: str = "",
    properties: str = PROPERTIES,
    project: str = "",
    files: dict[str, str] | None = None,
) -> Goal:
    body = f"files: {{rows: 'rows_*.csv'}}\nidentify: {{{identify}}}\nmap: {{{map_}}}\n{more}"
    return Goal(body, properties, COLUMNS, project, files)


BY = "by: [{email: rows.email}, {phone: rows.phone}]"
FIRST = _goal()
"""Two identifiers; profiles that rows join stay apart."""
MERGE = _goal(f"{BY}, on_conflict: merge")
REJECT = _goal(f"{BY}, on_conflict: reject")
FIND = _goal(f"{BY}, create_profiles: false")
FIND_BY_EMAIL = Goal(
    "files: {rows: 'rows_*.csv'}\nidentify: {by: [{email: rows.email}]}\nmap: {name: rows.name}\n",
    PROPERTIES,
    {"rows": "email name"},
)
GUARDED = _goal(properties=PROPERTIES.replace("phone: {", "phone: {max_matches: 2, "))
DECISIONS = "identifier,value,decision,with_identifier,with_value\n"
APART = _goal(files={"models/identity/decisions.csv": f"{DECISIONS}email,ann,separate,phone,2\n"})
DECIDED = _goal(
    files={
        "models/identity/decisions.csv": f"{DECISIONS}email,ann,merge,phone,2\nphone,2,merge,phone,3\n"
    }
)
ASKING = _goal(
    map_="name: rows.name, consent.mail: rows.mail", more="objectives: mail\n", project=CONSENT
)
"""Asks for consent, and its rows say who gives it."""
ASKING_TWICE = _goal(
    map_="name: rows.name, consent.mail: rows.mail",
    more="objectives: [mail, post]\n",
    project="objectives: [mail, post]",
)
"""Asks for consent to two objectives, of which its rows state one."""
ASKING_MERGE = _goal(
    f"{BY}, on_conflict: merge",
    map_="name: rows.name, consent.mail: rows.mail",
    more="objectives: mail\n",
    project=CONSENT,
)
ASKING_CHAINED = Goal(
    """\
    files:
      rows: 'rows_*.csv'
      people: {path: people.csv, join: {id: rows.person}}
    identify: {by: [{email: people.email}]}
    map: {consent.mail: people.mail}
    """,
    "email: {identifier: true}\n",
    {"rows": "person", "people": "id email mail"},
    CONSENT,
)
"""A chained file says who gives consent."""
STRATEGIES = Goal(
    """\
    files: {rows: 'rows_*.csv'}
    identify: {by: [{email: rows.email}]}
    map:
      set_: rows.a
      empty: {from: rows.b, strategy: set_if_empty}
      clear: {from: rows.c, strategy: set_or_clear}
      count: {from: rows.d, strategy: set_or_clear}
      total: {from: rows.e, strategy: sum}
      added: {from: rows.f, strategy: add}
      removed: {from: rows.g, strategy: remove}
      less: {from: rows.h, strategy: remove}
      sizes: {from: rows.i, strategy: remove}
      list_set: rows.j
      list_empty: {from: rows.k, strategy: set_if_empty}
      list_clear: {from: rows.l, strategy: set_or_clear}
    format: {multi_value_separator: /}
    """,
    """\
    email: {identifier: true}
    set_: text
    empty: text
    clear: text
    count: integer
    total: decimal(18,2)
    added: {multi: true}
    removed: text
    less: {multi: true}
    sizes: {type: integer, multi: true}
    list_set: {multi: true}
    list_empty: {multi: true}
    list_clear: {multi: true}
    kept: text
    """,
    {"rows": "email a b c d e f g h i j k l"},
)
KEYED = Goal(
    """\
    files:
      rows: 'rows_*.csv'
      prices: {path: prices.csv, join: {sku: rows.sku}, optional: true}
    key: [number]
    identify: {by: [{email: rows.email}]}
    map:
      total: {from: rows.amount, strategy: sum}
      worth: {from: "cast(rows.amount as integer) * cast(prices.price as integer)", strategy: sum}
      tags: {from: rows.tags, strategy: add}
    format: {multi_value_separator: /}
    """,
    "email: {identifier: true}\ntotal: integer\nworth: integer\ntags: {multi: true}\n",
    {"rows": "number email sku amount tags", "prices": "sku price"},
)
"""Lines have a key; one sum is of the line alone, one of the line and its price."""
LOCATED = Goal(
    """\
    files:
      rows: {path: 'rows_*.csv', duplicates: keep}
    key: [_file, _line]
    identify: {by: [{email: rows.email}]}
    map: {line: rows._line, total: {from: rows.amount, strategy: sum}}
    """,
    "email: {identifier: true}\nline: integer\ntotal: integer\n",
    {"rows": "email amount"},
)
"""Lines are known by where they are; equal lines count each."""
SHARED_LINES = Goal(
    """\
    files:
      rows: 'rows_*.csv'
      people: {path: people.csv, join: {id: rows.person}}
    identify: {by: [{email: rows.email}]}
    map: {balance: {from: people.balance, strategy: sum}}
    """,
    "email: {identifier: true}\nbalance: integer\n",
    {"rows": "person email", "people": "id balance"},
)
"""Several lines of the main file may be joined to one line that is summed."""
LISTS = Goal(
    """\
    files:
      rows: 'rows_*.csv'
      shops: {path: shops.csv, join: {id: rows.shop}}
    identify: {by: [{email: rows.email}]}
    map:
      tags: {from: rows.tags, strategy: add}
      areas: {from: shops.areas, strategy: add}
    format: {multi_value_separator: /}
    """,
    "email: {identifier: true}\ntags: {multi: true}\nareas: {multi: true}\n",
    {"rows": "email shop tags", "shops": "id areas"},
)
"""Values of lists come from the main file and from one that is joined to it."""
CHAINED = Goal(
    """\
    files:
      rows: 'rows_*.csv'
      people: {path: people.csv, join: {id: rows.person}, required: true}
    process:
      - set: {twice: "cast(rows.amount as integer) * 2"}
      - drop: "rows.status = 'test'"
    identify: {by: [{email: people.email}]}
    map:
      amount: {from: twice, strategy: set}
      paid_at: rows.paid_at
    """,
    "email: {identifier: true}\namount: integer\npaid_at: date\n",
    {"rows": "person amount status paid_at", "people": "id email"},
)
ORDER = """\
files: {rows: 'rows_*.csv'}
%sidentify: {by: [{email: rows.email}]}
events:
  - type: order
    id: rows.number
    at: rows.at
    properties: {coupon: rows.coupon}
    product_store: true
    nested:
      product: {id: rows.sku, quantity: rows.quantity}
"""
ORDER_COLUMNS = {"rows": "line number email at coupon sku quantity"}
ORDERS = Goal(ORDER % "", "email: {identifier: true}\n", ORDER_COLUMNS)
ASKING_ORDERS = Goal(
    (ORDER % "objectives: mail\n") + "map: {consent.mail: rows.mail}\n",
    "email: {identifier: true}\n",
    {"rows": ORDER_COLUMNS["rows"] + " mail"},
    CONSENT,
)
FULL_ORDERS = Goal(
    ORDER.replace("rows: 'rows_*.csv'", "rows: {path: 'rows_*.csv', feed: full}") % "key: [line]\n",
    "email: {identifier: true}\n",
    ORDER_COLUMNS,
)
"""Lines that are gone from their file retract what they gave."""
KEYED_ASKING_ORDERS = Goal(
    ORDER % "key: [line]\nobjectives: mail\n",
    "email: {identifier: true}\n",
    ORDER_COLUMNS,
    CONSENT,
)
"""Orders of profiles that are asked for their consent."""
KEYED_ORDERS = Goal(ORDER % "key: [line]\n", "email: {identifier: true}\n", ORDER_COLUMNS)
BASKETS = Goal(
    """\
    files: {rows: 'rows_*.csv'}
    identify: {by: [{email: rows.email}]}
    events:
      - type: basket
        at: rows.at
        properties: {shop: rows.shop}
        nested:
          line: {sku: rows.sku, quantity: rows.quantity}
    """,
    "email: {identifier: true}\n",
    {"rows": "email at shop sku quantity"},
    files={
        "models/events/basket.yml": """\
        properties: {shop: text}
        nested:
          line: {properties: {sku: text, quantity: integer}}
        """
    },
)
"""Events without an id, with a list without an identifier."""
FEED = Goal(
    """\
    files: {rows: 'rows_*.csv'}
    id: rows.sku
    map: {name: rows.name, price: rows.price}
    """,
    "email: {identifier: true}\n",
    {"rows": "sku name price"},
    kind="import_products",
)
LEVELS = _goal(
    map_="name: rows.name, permission_level: rows.level",
    properties=PROPERTIES.replace("name: text", "name: {pii: true}"),
)
ORDERED = Goal(
    """\
    files: {rows: 'rows_*.csv'}
    identify: {by: [{email: rows.email}], on_conflict: merge}
    map:
      note: {from: rows.note, latest_by: rows.at}
      high: {from: rows.n, strategy: max}
      low: {from: rows.at, strategy: min}
    """,
    "email: {identifier: true}\nnote: text\nhigh: integer\nlow: date\n",
    {"rows": "email note at n"},
)
"""Values that do not depend on the order in which rows arrive."""
LOCATED_ALONE = Goal(
    """\
    files:
      rows: 'rows_*.csv'
      people: {path: people.csv, join: {id: rows.person}}
    identify: {by: [{email: rows.email}]}
    map: {line: people._line}
    """,
    "email: {identifier: true}\nline: integer\n",
    {"rows": "person email", "people": "id"},
)
"""Of a chained file only the number of its line is used."""
CHOOSING = Goal(
    """\
    files: {rows: 'rows_*.csv'}
    identify: {by: [{email: rows.email}]}
    events:
      - {type: order, id: rows.number, at: rows.at, when: "rows.status != 'cancelled'"}
    """,
    "email: {identifier: true}\n",
    {"rows": "email number at status"},
)
"""Rows of one status make no event."""
LIMITED = Goal(
    """\
    files: {rows: 'rows_*.csv'}
    identify: {by: [{cid: rows.cid}, {email: rows.email}]}
    map: {name: rows.name}
    """,
    "cid: {identifier: true, limit: 1}\nemail: {identifier: true}\nname: text\n",
    {"rows": "cid email name"},
)
"""A profile holds one value of an identifier at most."""
LIMITED_PAIR = Goal(
    """\
    files: {rows: 'rows_*.csv'}
    identify: {by: [{shop: rows.shop, cid: rows.cid}, {email: rows.email}]}
    """,
    "shop: {limit: 3}\ncid: {limit: 1}\nemail: {identifier: true}\n",
    {"rows": "shop cid email"},
)
"""A profile holds one combination of two values at most."""
TWO_CARDS = Goal(
    """\
    files: {rows: 'rows_*.csv'}
    format: {date_format: "%d-%m-%y"}
    identify:
      by:
        - {card: rows.card}
        - {card: rows.old_card}
        - {born: rows.born}
        - {card: rows.card, born: rows.born}
        - {born: rows.birthday}
    """,
    "card: {identifier: true}\nborn: date\n",
    {"rows": "card old_card born birthday"},
)
"""Finds profiles by one property from several columns."""
SETTING = Goal(
    """\
    files: {rows: 'rows_*.csv'}
    process: [{set: {mail: "lower(rows.mail)"}}]
    identify: {by: [{card: rows.card}]}
    map: {email: mail, name: rows.name}
    """,
    "card: {identifier: true}\nemail: {identifier: true}\nname: text\n",
    {"rows": "card mail name"},
)
"""Sets an identifier by which it finds nobody."""
REQUIRED = Goal(
    """\
    files:
      rows: 'rows_*.csv'
      open: {path: open.csv, join: {id: rows.order}, required: true}
    identify: {by: [{email: rows.email}]}
    map: {total: {from: rows.amount, strategy: sum}}
    """,
    "email: {identifier: true}\ntotal: integer\n",
    {"rows": "order email amount", "open": "id"},
)
"""Of a chained file it matters alone whether a line is there."""
