"""The postal codes of a partner's spreadsheet."""

from generator.dice import Dice

# City, province, first postal code, number of postal codes, latitude and longitude in thousandths.
CITIES = (
    ("Amsterdam", "Noord-Holland", 1011, 60, 52370, 4895),
    ("Rotterdam", "Zuid-Holland", 3011, 45, 51922, 4479),
    ("Den Haag", "Zuid-Holland", 2511, 40, 52078, 4288),
    ("Utrecht", "Utrecht", 3511, 30, 52091, 5122),
    ("Eindhoven", "Noord-Brabant", 5611, 22, 51440, 5478),
    ("Groningen", "Groningen", 9711, 20, 53219, 6567),
    ("Tilburg", "Noord-Brabant", 5011, 14, 51560, 5091),
    ("Almere", "Flevoland", 1311, 14, 52350, 5264),
    ("Breda", "Noord-Brabant", 4811, 12, 51571, 4768),
    ("Nijmegen", "Gelderland", 6511, 12, 51842, 5853),
    ("Arnhem", "Gelderland", 6811, 10, 51985, 5899),
    ("Haarlem", "Noord-Holland", 2011, 10, 52387, 4646),
    ("'s-Hertogenbosch", "Noord-Brabant", 5211, 8, 51697, 5304),
    ("Maastricht", "Limburg", 6211, 8, 50851, 5691),
    ("Leeuwarden", "Fryslân", 8911, 6, 53201, 5799),
    ("Middelburg", "Zeeland", 4331, 4, 51499, 3610),
    ("Assen", "Drenthe", 9401, 4, 52993, 6564),
)


def postal_codes() -> list[tuple[str, ...]]:
    """Return postal code, city, province, latitude, longitude and average income, all as text."""
    dice = Dice(1)
    lines: list[tuple[str, ...]] = []
    for city, province, first, count, latitude, longitude in CITIES:
        for number in range(count):
            north = _degrees(latitude * 1000 + dice.below(60000) - 30000)
            east = _degrees(longitude * 1000 + dice.below(80000) - 40000)
            income = dutch(2400000 + dice.below(4600000))
            lines.append((str(first + number), city, province, north, east, income))
    return lines


def dutch(cents: int) -> str:
    """Return an amount with a decimal comma and grouped thousands: `1.234,50`."""
    return f"{cents // 100:,}".replace(",", ".") + f",{cents % 100:02d}"


def _degrees(millionths: int) -> str:
    return f"{millionths // 1000000},{millionths % 1000000:06d}"
