"""Files as others write them, made anew for each test, and what must be found in them."""

import gzip
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

ROWS = range(1, 61)


def mail(number):
    return f"user{number}@example.com"


def day(number):
    return date(2020, 1, 1) + timedelta(days=number * 37 % 1500)


def lines(head, row, mark="\n"):
    return head + mark + "".join(row(number) + mark for number in ROWS)


@dataclass(frozen=True)
class Foreign:
    """A file, and what a proposal for it must say."""

    name: str
    content: bytes
    # Keys of the format that are not the default, as YAML.
    format: dict = field(default_factory=dict)
    # Property -> type, of those that are no text.
    types: dict = field(default_factory=dict)
    identifiers: tuple = ("email",)
    # What the YAML must say beside.
    said: tuple = ()

    def write(self, folder: Path) -> Path:
        path = folder / self.name
        path.write_bytes(self.content)
        return path


def file(name, text, encoding="utf-8", **expected):
    return Foreign(name, text.encode(encoding), **expected)


ISO = {"created": "date"}
FILES = (
    file(
        "plain.csv",
        lines("id,email,created", lambda n: f"{n},{mail(n)},{day(n)}"),
        types=ISO,
    ),
    file(
        "dutch.csv",
        lines(
            "Klantnummer;E-mail;Geboortedatum;Omzet",
            lambda n: f"K{n:05};{mail(n)};{day(n):%d-%m-%Y};{n},{n % 90 + 10}",
            "\r\n",
        ),
        format={"separator": '";"', "decimal": '","', "date_format": '["%d-%m-%Y"]'},
        types={"geboortedatum": "date", "omzet": "decimal(18,2)"},
        identifiers=("klantnummer", "e_mail"),
    ),
    file(
        "german.csv",
        lines(
            "Kunden-Nr;Vorname;Straße;PLZ;Umsatz",
            lambda n: f"{n};Müller;Haupt {n};{n:05};{n % 9 + 1}.{n + 100},{n % 90 + 10}",
        ),
        "windows-1252",
        format={
            "separator": '";"',
            "decimal": '","',
            "thousands": '"."',
            "encoding": "windows-1252",
        },
        types={"umsatz": "decimal(18,2)"},
        identifiers=("kunden_nr",),
        said=("not UTF-8; check the letters that it has then: ü ß", "begin with a zero or +"),
    ),
    file(
        "us.csv",
        lines(
            "Customer ID,Order Date,Amount",
            lambda n: f'C{n},{day(n):%m/%d/%Y},"{1000 + n:,}.50"',
        ),
        format={"thousands": '","', "date_format": '["%m/%d/%Y"]'},
        types={"order_date": "date", "amount": "decimal(18,2)"},
        identifiers=("customer_id",),
    ),
    file(
        "tabs.tsv",
        lines("user_id\tat\tscore", lambda n: f"{n}\t{day(n)}T10:{n % 60:02}:00Z\t{n / 7:.4f}"),
        format={"separator": '"\\t"', "datetime_format": '["%Y-%m-%dT%H:%M:%S%z"]'},
        types={"at": "datetime", "score": "decimal(18,4)"},
        identifiers=("user_id",),
    ),
    file(
        "pipe.txt",
        lines("member_id|first_name|phone", lambda n: f"{n}|Jan|06{n:08}"),
        format={"separator": '"|"'},
        identifiers=("member_id",),
        said=("begin with a zero or +",),
    ),
    file(
        "utf16.csv",
        lines("customer_id\temail\tcity", lambda n: f"{n}\t{mail(n)}\tZürich"),
        "utf-16",
        format={"separator": '"\\t"', "encoding": "utf-16"},
        identifiers=("customer_id", "email"),
    ),
    file(
        "bom.csv",
        lines("\ufeffid,email,vip", lambda n: f"{n},{mail(n)},{'yes' if n % 2 else 'no'}"),
        types={"vip": "boolean"},
    ),
    file(
        "epochs.csv",
        lines("uid,ts,seen_at,amount", lambda n: f"u{n},{1700000000 + n},{1700000000000 + n},{n}"),
        format={"datetime_format": '["epoch", "epoch_ms"]'},
        types={"ts": "datetime", "seen_at": "datetime", "amount": "integer"},
        identifiers=("uid",),
        said=("numbers that count from 1970 on: `epoch_ms`",),
    ),
    file(
        "bookkeeping.csv",
        lines(
            "Filiaal;Kaartnummer;Bedrag",
            lambda n: f"Utrecht;{n:06};{n},5{'-' if n % 9 == 0 else '0'}",
        )
        + "Totaal;;1830,00\n",
        format={"separator": '";"'},
        identifiers=("kaartnummer",),
        said=("parse_money", "1 record has no Kaartnummer"),
    ),
    file(
        "amounts.csv",
        lines("branch;paid;till", lambda n: f"Utrecht;{n},5{'-' if n % 9 == 0 else '0'};{n % 7}"),
        format={"separator": '";"'},
        types={"till": "integer"},
        identifiers=(),
        said=("each record is a profile of its own",),
    ),
    file(
        "addresses.csv",
        lines("email;address", lambda n: f'{mail(n)};"Street {n % 5}; Delft"'),
        format={"separator": '";"'},
    ),
    file(
        "cut_numbers.csv",
        lines("customer_id,mobile", lambda n: f"{n},3.16E+10"),
        identifiers=("customer_id",),
        said=("60 values such as 3.16E+10 lost digits in a spreadsheet",),
    ),
    file(
        "noheader.csv",
        "".join(f"{n},{mail(n)},{day(n)}\n" for n in ROWS),
        format={"header": '["column_1", "column_2", "column_3"]'},
        types={"column_1": "integer", "column_3": "date"},
        identifiers=("column_2",),
        said=("its first line seems to be data",),
    ),
    file(
        "preamble.csv",
        "Report of shop\nGenerated 2024-01-01\n\n"
        + lines("customer_id,email,total", lambda n: f"{n},{mail(n)},{n}.10"),
        format={"skip_lines": "3"},
        types={"total": "decimal(18,2)"},
        identifiers=("customer_id", "email"),
    ),
    file(
        "quotes.csv",
        lines("id,email,remark", lambda n: f'{n},{mail(n)},"He said ""hi"", {n}"'),
    ),
    file(
        "single.csv",
        lines("id,email,remark", lambda n: f"{n},{mail(n)},'one, two {n}'"),
        format={"quote": '"\'"', "escape": '"\'"'},
    ),
    file(
        "backslash.csv",
        lines("id,email,remark", lambda n: f'{n},{mail(n)},"a \\"b\\" c, {n}"'),
        format={"escape": '"\\\\"'},
    ),
    file(
        "newlines.csv",
        lines("id,email,address", lambda n: f'{n},{mail(n)},"Street {n}\nTown"'),
    ),
    file(
        "nulls.csv",
        lines(
            "customer_id,email,country,age,last_order",
            lambda n: (
                f"{n},{mail(n)},NULL,{'NULL' if n % 5 else n},{day(n) if n % 7 else '0000-00-00'}"
            ),
        ),
        format={"null_values": '["", "0000-00-00", "NULL"]'},
        types={"age": "integer", "last_order": "date"},
        identifiers=("customer_id", "email"),
    ),
    file(
        "ambiguous_dates.csv",
        lines(
            "customer_id,email,born",
            lambda n: f"{n},{mail(n)},{n % 12 + 1:02}/{n * 5 % 12 + 1:02}/1980",
        ),
        identifiers=("customer_id", "email"),
        said=("text: %d/%m/%Y and %m/%d/%Y read every value",),
    ),
    file(
        "settled_dates.csv",
        lines(
            "customer_id,born,seen",
            lambda n: f"{n},{n % 12 + 1:02}/{n * 5 % 12 + 1:02}/1980,{day(n):%d/%m/%Y}",
        ),
        format={"date_format": '["%d/%m/%Y"]'},
        types={"born": "date", "seen": "date"},
        identifiers=("customer_id",),
        said=("read as %d/%m/%Y, as another column of the file is",),
    ),
    file(
        "mixed_dates.csv",
        lines(
            "customer_id,seen",
            lambda n: f"{n},{day(n):%d/%m/%Y}" if n % 2 else f"{n},{day(n):%m/%d/%Y}",
        ),
        identifiers=("customer_id",),
        said=("some values have the day first and others the month",),
    ),
    file(
        "short_years.csv",
        lines("customer_id,born", lambda n: f"{n},{day(n):%d.%m.%y}"),
        format={"date_format": '["%d.%m.%y"]'},
        types={"born": "date"},
        identifiers=("customer_id",),
        said=("years have two digits",),
    ),
    file(
        "english_dates.csv",
        lines(
            "User ID,Signup,Last Login",
            lambda n: (
                f"{n},{day(n):%d-%b-%Y},"
                f"{day(n):%m/%d/%Y} {n % 12 + 1}:{n % 60:02} {'AM' if n % 2 else 'PM'}"
            ),
        ),
        format={
            "date_format": '["%d-%b-%Y"]',
            "datetime_format": '["%m/%d/%Y %I:%M %p"]',
        },
        types={"signup": "date", "last_login": "datetime"},
        identifiers=("user_id",),
    ),
    file(
        "money.csv",
        lines("customer_id,balance", lambda n: f'{n},"€ {n * 300:,}.50"'),
        identifiers=("customer_id",),
        said=("parse_money",),
    ),
    file(
        "thousands.csv",
        lines("customer_id,views", lambda n: f"{n},{n % 9 + 1}.{n + 100}"),
        identifiers=("customer_id",),
        said=("1.234 is a thousand or a bit more than one",),
    ),
    file(
        "lists.csv",
        lines("id,email,likes", lambda n: f"{n},{mail(n)},{'wine|cheese' if n % 3 else 'bread'}"),
        said=("strategy: add",),
    ),
    file(
        "orders.csv",
        lines(
            "order_id,customer_id,ordered_at,amount",
            lambda n: f"O{n},{n % 20},{day(n)} 12:{n % 60:02},{n}.99",
        ),
        format={"datetime_format": '["%Y-%m-%d %H:%M"]'},
        types={"ordered_at": "datetime", "amount": "decimal(18,2)"},
        identifiers=("customer_id",),
        said=("a value of customer_id has 3.0 lines",),
    ),
    file(
        "footer.csv",
        lines("id,email,total", lambda n: f"{n},{mail(n)},{n}.10") + "Total rows: 60\n",
        types={"total": "decimal(18,2)"},
        said=("1 line is set aside: too_few_fields",),
    ),
    file(
        "trailing.csv",
        lines("id;email;city;", lambda n: f"{n};{mail(n)};Delft;"),
        format={
            "separator": '";"',
            "header": '["id", "email", "city", "column_4"]',
            "skip_lines": "1",
        },
    ),
    file(
        "same_names.csv",
        lines("id,email,name,name", lambda n: f"{n},{mail(n)},Jan,X{n}"),
        format={"header": '["id", "email", "name", "name_2"]', "skip_lines": "1"},
    ),
    file(
        "mac.csv",
        lines("id,email,name", lambda n: f"{n},{mail(n)},René", "\r"),
        "mac_roman",
        format={"encoding": "mac_roman"},
        said=("not UTF-8; check the letters that it has then: é",),
    ),
    file(
        "dirty.csv",
        lines(
            "customer_id,born,spent",
            lambda n: f"{n},{day(n) if n != 9 else 'yesterday'},{n}.5" if n != 7 else "7",
        ),
        types={"born": "date", "spent": "decimal(18,2)"},
        identifiers=("customer_id",),
        said=("1 of 59 values are no date", "1 line is set aside: too_few_fields"),
    ),
    Foreign(
        "packed.csv.gz",
        gzip.compress(lines("id,email,city", lambda n: f"{n},{mail(n)},Gent").encode()),
    ),
    file(
        "words.csv",
        lines(
            "Klantnr;Nieuwsbrief;Gezien",
            lambda n: f"{n};{'ja' if n % 2 else 'nee'};{day(n):%d-%m-%Y} 08:0{n % 10}",
        ),
        format={
            "separator": '";"',
            "true_values": '["true", "t", "yes", "y", "1", "on", "ja"]',
            "false_values": '["false", "f", "no", "n", "0", "off", "nee"]',
            "datetime_format": '["%d-%m-%Y %H:%M"]',
        },
        types={"nieuwsbrief": "boolean", "gezien": "datetime"},
        identifiers=("klantnr",),
    ),
    file(
        "odd_names.csv",
        lines("Id #,E-mail (work),Total %,select", lambda n: f"{n},{mail(n)},{n},{n}"),
        types={"total": "integer", "select": "integer"},
        identifiers=("e_mail_work",),
    ),
    file(
        "sep_line.csv",
        "sep=;\n" + lines("id;email;city", lambda n: f"{n};{mail(n)};Rome"),
        format={"separator": '";"', "skip_lines": "1"},
    ),
    file(
        "spreadsheet.csv",
        "sep=,\r\n" + lines("customer_id,phone", lambda n: f'{n},"=""06{n:08}"""', "\r\n"),
        format={"skip_lines": "1"},
        identifiers=("customer_id",),
    ),
    file(
        "two_bars.txt",
        lines("id||email||city", lambda n: f"{n}||{mail(n)}||Rome"),
        format={"separator": '"||"'},
    ),
    file(
        "long_numbers.csv",
        lines(
            "customer_id,lat,tiny,huge,contact",
            lambda n: f"{n},52.{n:012},{n}.5e-07,{n}{'0' * 17}.25,+316{n:08}",
        ),
        types={"lat": "decimal(18,12)", "tiny": "decimal(18,8)", "huge": "decimal(21,2)"},
        identifiers=("customer_id",),
        said=("60 values begin with a zero or +",),
    ),
    file(
        "settled_numbers.csv",
        lines("customer_id,views,price", lambda n: f"{n},{n % 9 + 1}.{n + 100},{n}.50"),
        types={"views": "decimal(18,3)", "price": "decimal(18,2)"},
        identifiers=("customer_id",),
        said=("read with the decimal '.', as other columns are, not with thousands",),
    ),
    file("one_column.csv", lines("email", mail)),
    file(
        "products.csv",
        lines("sku,name,price", lambda n: f"S{n},Thing {n},{n}.25"),
        types={"price": "decimal(18,2)"},
        identifiers=("sku",),
        said=("no column is the number or the address of a customer",),
    ),
    file(
        "no_key.csv",
        lines(
            "species,Bill Length,sex", lambda n: f"{'Adelie' if n % 2 else 'Gentoo'},{n % 9}.5,f"
        ),
        types={"bill_length": "decimal(18,2)"},
        identifiers=(),
        said=("each record is a profile of its own", "coalesce(no_key.\"Bill Length\", '')"),
    ),
    file(
        "pair.csv",
        lines("ticker,date,close", lambda n: f"{'AB'[n % 2]},{day(n // 2)},{n % 5}.25"),
        types={"close": "decimal(18,2)"},
        identifiers=("ticker", "date"),
        said=("`ticker` and `date` tell its records apart together", "{ticker: pair.ticker, date:"),
    ),
    file(
        "null_ids.csv",
        lines("customer_id,city", lambda n: f"{n if n % 6 else 'NULL'},Rome"),
        identifiers=("customer_id",),
        said=("customer_id is NULL in 10 records, which is nobody's",),
    ),
    file(
        "half_ids.csv",
        lines("email,city", lambda n: f"{mail(n) if n % 6 else ''},Rome"),
        said=("10 records have no email: no profile is made of them",),
    ),
    file(
        "no_zero.csv",
        lines("id,email,share", lambda n: f"{n},{mail(n)},{'-' if n % 2 else ''}.{n + 10}"),
        types={"share": "decimal(18,2)"},
    ),
    file(
        "years.csv",
        lines("Country Name,email,1960,1961,1962", lambda n: f"C{n},{mail(n)},{n},{n + 1},{n + 2}"),
        types={"years_1960": "integer", "years_1961": "integer", "years_1962": "integer"},
    ),
    file(
        "number_names.csv",
        lines("who,email,100022,100035,100047", lambda n: f"C{n},{mail(n)},x,y{n},z"),
    ),
    file(
        "numbers_alone.csv",
        lines("Jan,a@x.nl,2020,5,7", lambda n: f"C{n},{mail(n)},{2000 + n},{n},7"),
        format={"header": '["column_1", "column_2", "column_3", "column_4", "column_5"]'},
        types={"column_3": "integer", "column_4": "integer", "column_5": "integer"},
        identifiers=("column_2",),
        said=("its first line seems to be data",),
    ),
    file(
        "title_row.csv",
        "Sales of the year,,\n,,\n" + lines("id,email,spent", lambda n: f"{n},{mail(n)},{n}.50"),
        format={"skip_lines": "2"},
        types={"spent": "decimal(18,2)"},
        said=("above the table 2 lines are left out",),
    ),
    file(
        "prose.csv",
        lines(
            "id,email,about",
            lambda n: f"{n},{mail(n)},Comes on Mondays; likes to talk about the weather at length",
        ),
    ),
    file(
        "sign.csv",
        lines("id,email,mark", lambda n: f"{n},{mail(n)},©"),
        "windows-1252",
        format={"encoding": "windows-1252"},
        said=("check the letters that it has then: ©",),
    ),
    file(
        "brackets.csv",
        lines("Zeit [MEZ];E-Mail;Wert @ 20 °C", lambda n: f"um {n};{mail(n)};{n},5"),
        format={"separator": '";"', "decimal": '","'},
        types={"wert_20_c": "decimal(18,2)"},
        identifiers=("e_mail",),
    ),
    file(
        "name_below.csv",
        lines("Country,Group,ID", lambda n: f"C{n},G{n % 3},{'ID' if n == 9 else f'X{n}'}"),
        identifiers=("id",),
        said=("whether its first line has names is not certain",),
    ),
    file(
        "two_escapes.csv",
        'id,email,text\n1,a@x.nl,"one"\n2,b@x.nl,"tw""o"\n3,c@x.nl,"thr\\"ee"\n',
        said=("1 line is set aside",),
    ),
    file(
        "quoted_names.csv",
        lines(
            "'id'\t'email'\t'city'\t'vip'\t'score'",
            lambda n: f"{n}\t{mail(n)}\t{'Rome' if n % 2 else 'Gent'}\t{n % 2}\t{n}",
        ),
        types={"vip": "integer", "score": "integer"},
        format={"separator": '"\\t"', "quote": '"\'"', "escape": '"\'"'},
    ),
    file(
        "broken_name.csv",
        lines('id,email,"spent\nin euro"', lambda n: f"{n},{mail(n)},{n}.50"),
        types={"spent_in_euro": "decimal(18,2)"},
    ),
)
