"""Invent a register and badly read arms a second time, apart from `synthetic`.

    python -m benchmarks.second_generator 20

It shares no list, rate or line of code with `armstrace.analysis.synthetic` and was
written from counts alone, so that a lead measured on it cannot come from assumptions
that generator and matcher have in common.

Where the rates come from (counts of a real court register and seizure workbooks):

    typed twice, 307 serials, 21 differ      dropped or added 9.5, substitution 7,
                                             transposition 4, "SN" in front 1
    format of one maker, 150 violations      0 for a letter 105, 1 for a letter 29,
                                             6, 8, 3, 2 or 7 for one 16
    seen, not counted                        prefix lost (R152171 as 152171,
                                             ASTI69745 as STI69745)

What no count gives is chosen, and stands in `HARD`, `AGAIN` and `FIELDS`: how often
each family of errors happens, ends lost, places unread, and how make, model and
calibre are written. `DESK` is the first row above and nothing else.
"""

import argparse
import random
import string
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple

ABSENT_SHARE = 0.12
HARD = {
    "as it is": 0.35,
    "desk": 0.26,
    "digit for letter": 0.13,
    "prefix lost": 0.08,
    "end lost": 0.06,
    "unread": 0.12,
}
DESK = {"desk": 1.0}
AGAIN = 0.15
DESK_KINDS = {"drop or add": 9.5, "substitute": 7, "transpose": 4, "SN": 1}
FIELDS = {
    "make missing": 0.10,
    "make by alias": 0.30,
    "make mistyped": 0.06,
    "make is importer or shop": 0.04,
    "model missing": 0.50,
    "model mistyped": 0.05,
    "calibre missing": 0.12,
    "calibre by another name": 0.45,
    "calibre wrong": 0.03,
    "type missing": 0.06,
}
LEFT_OUT = 0.3
SHARED = 0.02
INVENTED_MAKERS = 400


class Row(NamedTuple):
    """One registered arm, or one that was made and never registered (id 0)."""

    id: int
    type: str
    make: str
    model: str
    calibre: str
    serial: str
    country: str


class Query(NamedTuple):
    """One arm as somebody wrote it down; `answer` is None where none is registered."""

    type: str
    make: str
    model: str
    calibre: str
    serial: str
    answer: int | None
    harm: str


@dataclass(frozen=True)
class Maker:
    """A name, its country and other names, and models (name, type, calibres)."""

    name: str
    country: str
    aliases: tuple[str, ...]
    models: tuple[tuple[str, str, tuple[str, ...]], ...]


# key, name in the register, other names in use
_CALIBRES = """
N9: 9 x 19 mm; 9mm; 9x19; 9 Luger; 9mm Parabellum; 9 Para; 9 mm
N18: 9 x 18 mm; 9x18; 9 Makarov; 9 mm Mak
T25: 7.62 x 25 mm; 7.62x25; 7.62 Tokarev; 7.62
A45: .45 ACP; 45 ACP; .45; 45 Auto; 11.43 mm
A38: .38 Special; 38 SPL; .38; 38 Spec.; 38
N380: .380 ACP; 380; 9mm Short; 9 Kurz; 380 Auto; 9x17
N32: .32 ACP; 7.65; 32 Auto; 7,65 mm; 7.65 Browning
M357: .357 Magnum; 357; 357 Mag; .357
W40: .40 S&W; 40; .40 SW; 40 S & W
L22: .22 LR; 22; .22; 22 long rifle; 5.6 mm
G12: 12 gauge; 12; 12 ga; cal 12; 12/70
G20: 20 gauge; 20; 20 ga; 20/70
N308: .308 Winchester; 308; 7.62x51; 7.62 NATO; 308 Win
N223: .223 Remington; 223; 5.56x45; 5.56; 223 Rem
S39: 7.62 x 39 mm; 7.62x39; 7.62 short; 7,62 x 39
M30: .30-06 Springfield; 30-06; 30 06; 7.62x63
N25: .25 ACP; 6.35; 25 Auto; 6,35 mm; 6.35 Browning
"""
# name | country | other names | model:type:calibres, …
_MAKERS = """
Taurus | BR | Forjas Taurus, Taurus S.A., TAURUS BRASIL, Forjas Taurus SA
    | PT 92:pistol:N9, PT 58:pistol:N380, 82:revolver:A38, 85:revolver:A38,
    PT 100:pistol:W40, G2C:pistol:N9
Rossi | BR | Amadeo Rossi, ROSSI S/A, A. Rossi
    | 27:revolver:A38, Puma:rifle:A38/M357, Pomba:shotgun:G12/G20
Smith & Wesson | US | S&W, Smith and Wesson, S. & W., Smith Wesson
    | 10:revolver:A38, 36:revolver:A38, 686:revolver:M357, 59:pistol:N9,
    M&P 9:pistol:N9
Glock | AT | Glock Ges.m.b.H., GLOCK AUSTRIA, Glock Inc
    | 17:pistol:N9, 19:pistol:N9, 22:pistol:W40, 25:pistol:N380
Colt | US | Colt's, Colt Mfg, Colts Patent Firearms
    | 1911:pistol:A45, Detective Special:revolver:A38, Python:revolver:M357,
    AR-15:rifle:N223
Beretta | IT | Pietro Beretta, P. Beretta, Fabbrica d'Armi Beretta
    | 92FS:pistol:N9, 70:pistol:N32/N380, 950:pistol:N25
Ceska zbrojovka | CZ | CZ, CZ UB, CZUB, Ceska Zbrojovka Uhersky Brod
    | 75:pistol:N9, 83:pistol:N380/N32, 527:rifle:N223/S39
Sturm, Ruger & Co. | US | Ruger, Sturm Ruger, Ruger & Co
    | P89:pistol:N9, 10/22:rifle:L22, GP100:revolver:M357
Remington | US | Remington Arms, REM, Remington Arms Co
    | 870:shotgun:G12/G20, 700:rifle:N308/M30, 1100:shotgun:G12
Winchester | US | Winchester Repeating Arms, WRA, Winchester USA
    | 70:rifle:N308/M30, 94:rifle:A38, 1200:shotgun:G12
Mossberg | US | O.F. Mossberg, Mossberg & Sons, O F Mossberg & Sons
    | 500:shotgun:G12/G20, 590:shotgun:G12, 702:rifle:L22
FN Herstal | BE | FN, Fabrique Nationale, F.N. Browning, Browning FN
    | Hi-Power:pistol:N9, FAL:rifle:N308, 1910:pistol:N32/N380, 1906:pistol:N25
Walther | DE | Carl Walther, Walther GmbH, C. Walther
    | PPK:pistol:N32/N380, P38:pistol:N9, P99:pistol:N9/W40
SIG Sauer | DE | Sig-Sauer, SIG, J.P. Sauer
    | P226:pistol:N9, P320:pistol:N9, P220:pistol:A45/N9
Heckler & Koch | DE | HK, H&K, Heckler Koch
    | USP:pistol:N9/W40, MP5:submachine gun:N9, G3:rifle:N308
Zastava | RS | Zastava Arms, Crvena Zastava, Zastava Kragujevac
    | M57:pistol:T25, M70:rifle:S39, 70:pistol:N32
Izhmash | RU | Izhevsk, Kalashnikov Concern, Izhevsk Arsenal
    | AKM:rifle:S39, Saiga-12:shotgun:G12, Makarov:pistol:N18
Norinco | CN | China North, NORINCO China, Norinco Arms
    | Type 56:rifle:S39, 54-1:pistol:T25, 1911:pistol:A45
Star | ES | Star Bonifacio Echeverria, B. Echeverria, STAR EIBAR
    | Model B:pistol:N9, BM:pistol:N9, CU:pistol:N25
Llama | ES | Llama Gabilondo, Gabilondo y Cia, Gabilondo
    | XV:pistol:L22, III-A:pistol:N380, Max-I:pistol:A45
Boito | BR | E.R. Amantino, Amantino, BOITO BRASIL
    | Miura:shotgun:G12/G20, Reuna:shotgun:G12/G20
CBC | BR | Companhia Brasileira de Cartuchos, Cia Brasileira de Cartuchos
    | 586:shotgun:G12, 7022:rifle:L22, 151:shotgun:G12/G20
Imbel | BR | Fabrica de Itajuba, IMBEL BRASIL, I.M.B.E.L.
    | M911:pistol:A45, GC .380:pistol:N380, FAL M964:rifle:N308
Bersa | AR | Bersa S.A., Bersa Argentina
    | Thunder:pistol:N380/N9, 85:pistol:N380, 62:pistol:L22
"""


def _read_calibres() -> tuple[dict[str, str], dict[str, list[str]]]:
    names, others = {}, {}
    for line in _CALIBRES.strip().splitlines():
        key, rest = line.split(": ")
        names[key], *others[names[key]] = rest.split("; ")
    return names, others


def _read_makers() -> Iterator[Maker]:
    for line in _MAKERS.strip().replace("\n    ", " ").splitlines():
        name, country, aliases, models = line.split(" | ")
        yield Maker(
            name,
            country,
            tuple(aliases.split(", ")),
            tuple(_read_model(model) for model in models.split(", ")),
        )


def _read_model(text: str) -> tuple[str, str, tuple[str, ...]]:
    name, kind, keys = text.split(":")
    return name, kind, tuple(BY_KEY[key] for key in keys.split("/"))


BY_KEY, CALIBRES = _read_calibres()
MAKERS = tuple(_read_makers())
OTHERS_ON_THE_ARM = (
    "Century Arms",
    "Interarms",
    "PW Arms",
    "Navy Arms",
    "Ted Williams",
    "Western Field",
    "Revelation",
    "Hawes",
)
PLACES = ("US", "ES", "BE", "IT", "DE", "TR", "BR", "AR", "FR", "PH")
COMMON_MODELS = (
    ("pistol", ("N32", "N25", "N380", "N9")),
    ("revolver", ("A38", "L22", "N32")),
    ("shotgun", ("G12", "G20")),
)


def _invented(rng: random.Random) -> Maker:
    starts = "Al Bar Cor Dal Es Fer Gar Hol Ib Jan Kar Lor Mar Nor Ol Pel Ros Sar Tor"
    middles = "a e i o u ba di ga lo mi na ro sta te vi zo"
    ends = "ck dini ez gan land mann ne ra rez ri sen son tti us wicz"
    name = "".join(rng.choice(part.split()) for part in (starts, middles, ends))
    models = []
    for _ in range(rng.randint(1, 4)):
        kind, calibres = rng.choice(COMMON_MODELS)
        model = rng.choice(("", "Mod. ", "M", "P-")) + str(rng.randint(1, 990))
        models.append((model, kind, (BY_KEY[rng.choice(calibres)],)))
    aliases = (f"{name} & Co.", f"{name} Arms", f"{rng.choice('ABCEFJMP')}. {name}")
    return Maker(name, rng.choice(PLACES), aliases, tuple(models))


class Series:
    """One maker's numbers for one model: a shape, and how far it has got."""

    def __init__(self, rng: random.Random) -> None:
        self.shape = rng.choices(
            ("bare", "letters", "letter", "suffix", "year", "mixed"),
            (36, 26, 16, 8, 8, 6),
        )[0]
        self.digits = rng.choices((4, 5, 6, 7), (1, 3, 6, 2))[0]
        self.lead = "".join(rng.choices(string.ascii_uppercase, k=2))
        self.at = int(10**self.digits * rng.random() ** 2)
        self.step = rng.choice((3, 20, 120))

    def run(self, rng: random.Random, length: int) -> Iterator[str]:
        self.at += 1 + int(rng.expovariate(1 / self.step))
        for _ in range(length):
            self.at += 1
            yield self._written(self.at)

    def _written(self, number: int) -> str:
        turn, low = divmod(number, 10**self.digits)
        padded = f"{low:0{self.digits}}"
        first = ord(self.lead[0]) - 65 + turn
        letters = chr(65 + first // 26 % 26) + chr(65 + first % 26)
        return {
            "bare": str(number),
            "letters": letters + padded,
            "letter": letters[1] + padded,
            "suffix": padded + letters[1],
            "year": f"{60 + turn % 40}{self.lead[0]}{padded}",
            "mixed": f"{letters[1]}{turn % 10}{self.lead[1]}{padded}",
        }[self.shape]


class Registry:
    """Registered arms in order of their id; each pass over it gives the same.

    Runs of consecutive serials alternate with gaps; 30 % of what a run made was
    never registered and can be had from `left_out`. Makes follow Zipf's law. Two
    in a hundred take the serial of another maker's arm.
    """

    def __init__(self, size: int, seed: int) -> None:
        self.size, self.seed = size, seed

    def __len__(self) -> int:
        return self.size

    def __iter__(self) -> Iterator[Row]:
        return islice((row for row in self._made() if row.id), self.size)

    def left_out(self) -> Iterator[Row]:
        for row in self._made():
            if row.id > self.size:
                return
            if not row.id:
                yield row

    def _made(self) -> Iterator[Row]:
        rng = random.Random(self.seed)
        makers = [*MAKERS, *(_invented(rng) for _ in range(INVENTED_MAKERS))]
        chances = [1 / place**1.1 for place in range(1, len(makers) + 1)]
        series: dict[tuple[str, str], Series] = {}
        recent = [("", "1234")] * 500
        count = 0
        while True:
            maker = rng.choices(makers, chances)[0]
            model, kind, calibres = rng.choice(maker.models)
            if (maker.name, model) not in series:
                series[maker.name, model] = Series(rng)
            length = min(400, 1 + int(rng.expovariate(1) ** 3))
            calibre = rng.choice(calibres)
            for own in series[maker.name, model].run(rng, length):
                owner, serial = rng.choice(recent)
                if owner == maker.name or rng.random() >= SHARED:
                    serial = own
                recent[count % 500] = (maker.name, own)
                known = rng.random() >= LEFT_OUT
                count += known
                yield Row(
                    count if known else 0,
                    kind,
                    maker.name,
                    model,
                    calibre,
                    serial,
                    maker.country,
                )


def registry(size: int, seed: int) -> Registry:
    return Registry(size, seed)


def queries(
    rows: Registry,
    n: int,
    *,
    absent_share: float = ABSENT_SHARE,
    seed: int = 1,
    mix: dict[str, float] = HARD,
) -> Iterator[Query]:
    """Give `n` arms as somebody wrote them, those without an answer mixed in."""
    rng = random.Random(seed)
    absent = round(n * absent_share)
    arms = _sample(rng, rows, n - absent) + _sample(rng, rows.left_out(), absent)
    rng.shuffle(arms)
    for row in arms:
        yield _written_down(rng, row, mix)


def _sample(rng: random.Random, rows, n: int) -> list[Row]:
    kept: list[Row] = []
    for at, row in enumerate(rows):
        if at < n:
            kept.append(row)
        elif (place := rng.randrange(at + 1)) < n:
            kept[place] = row
    return kept


def _written_down(rng: random.Random, row: Row, mix: dict[str, float]) -> Query:
    harm = rng.choices(list(mix), list(mix.values()))[0]
    serial, harm = _harmed(rng, row.serial, harm)
    if harm != "as it is" and mix is HARD and rng.random() < AGAIN:
        serial, second = _harmed(rng, serial, "desk")
        harm = f"{harm} + {second}"
    return Query(
        "" if _happens(rng, "type missing") else row.type,
        _make(rng, row),
        _model(rng, row.model),
        _calibre(rng, row.calibre),
        _set_out(rng, serial),
        row.id or None,
        harm,
    )


def _harmed(rng: random.Random, serial: str, harm: str) -> tuple[str, str]:
    if harm == "as it is":
        return serial, harm
    acts = {
        "digit for letter": _digit_for_letter,
        "prefix lost": _prefix_lost,
        "end lost": _end_lost,
        "unread": _unread,
    }
    if harm in acts:
        changed = acts[harm](rng, serial)
        if changed != serial:
            return changed, harm
    return _desk(rng, serial)


def _desk(rng: random.Random, serial: str) -> tuple[str, str]:
    kind = rng.choices(list(DESK_KINDS), list(DESK_KINDS.values()))[0]
    at = rng.randrange(len(serial))
    drawn = rng.choice(string.digits if serial[at].isdigit() else string.ascii_letters)
    if kind == "SN":
        return "SN" + serial, kind
    if kind == "transpose" and len(set(serial)) > 1:
        places = [p for p in range(len(serial) - 1) if serial[p] != serial[p + 1]]
        at = rng.choice(places)
        return serial[:at] + serial[at + 1] + serial[at] + serial[at + 2 :], kind
    if kind == "drop or add" and (rng.random() < 0.5 and len(serial) > 3):
        return serial[:at] + serial[at + 1 :], "drop"
    if kind == "drop or add":
        extra = serial[at] if rng.random() < 0.5 else drawn.upper()
        return serial[:at] + extra + serial[at:], "add"
    while drawn.upper() == serial[at]:
        drawn = rng.choice(string.digits + string.ascii_uppercase)
    return serial[:at] + drawn.upper() + serial[at + 1 :], "substitute"


def _digit_for_letter(rng: random.Random, serial: str) -> str:
    digit = rng.choices("0168327", (105, 29, 6, 4, 2, 2, 2))[0]
    letters = dict(
        zip("0168327", ("OQDC", "IJL", "G", "B", "E", "Z", "T"), strict=True)
    )
    places = [at for at, sign in enumerate(serial) if sign in letters[digit]]
    if not places and digit in "01" and digit in serial:
        at = serial.index(digit)
        return serial[:at] + letters[digit][0] + serial[at + 1 :]
    if not places:
        return serial
    at = rng.choice(places)
    return serial[:at] + digit + serial[at + 1 :]


def _prefix_lost(rng: random.Random, serial: str) -> str:
    bare = serial.lstrip(string.ascii_uppercase)
    if bare == serial or not bare:
        return serial
    return bare if rng.random() < 2 / 3 else serial[1:]


def _end_lost(rng: random.Random, serial: str) -> str:
    return serial[: max(3, len(serial) - rng.choice((1, 1, 2, 3)))]


def _unread(rng: random.Random, serial: str) -> str:
    for at in rng.sample(range(len(serial)), min(len(serial), rng.choice((1, 1, 2)))):
        serial = serial[:at] + "?" + serial[at + 1 :]
    return serial


def _set_out(rng: random.Random, serial: str) -> str:
    chance = rng.random()
    if chance < 0.06:
        return serial.lower()
    if chance < 0.14 and len(serial) > 4:
        at = rng.randint(1, len(serial) - 2)
        return serial[:at] + rng.choice(" -./") + serial[at:]
    return serial


def _happens(rng: random.Random, what: str) -> bool:
    return rng.random() < FIELDS[what]


def _make(rng: random.Random, row: Row) -> str:
    if _happens(rng, "make missing"):
        return ""
    if _happens(rng, "make is importer or shop"):
        return rng.choice(OTHERS_ON_THE_ARM)
    known = {maker.name: maker.aliases for maker in MAKERS}
    others = known.get(row.make, (f"{row.make} & Co.", f"{row.make} Arms"))
    name = rng.choice(others) if _happens(rng, "make by alias") else row.make
    return _mistyped(rng, name) if _happens(rng, "make mistyped") else name


def _model(rng: random.Random, model: str) -> str:
    if _happens(rng, "model missing"):
        return ""
    return _mistyped(rng, model) if _happens(rng, "model mistyped") else model


def _calibre(rng: random.Random, calibre: str) -> str:
    if _happens(rng, "calibre missing"):
        return ""
    if _happens(rng, "calibre wrong"):
        calibre = rng.choice(list(CALIBRES))
    if _happens(rng, "calibre by another name"):
        return rng.choice(CALIBRES.get(calibre, (calibre,)))
    return calibre


def _mistyped(rng: random.Random, text: str) -> str:
    if len(text) < 3:
        return text
    at = rng.randrange(1, len(text) - 1)
    return rng.choice(
        (
            text[:at] + text[at + 1 :],
            text[:at] + text[at] + text[at:],
            text[:at] + text[at + 1] + text[at] + text[at + 2 :],
            text[:at] + rng.choice(string.ascii_lowercase) + text[at + 1 :],
        )
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("count", type=int)
    chosen = parser.parse_args()
    rows = registry(10_000, 1)
    by_id = {row.id: row for row in rows}
    for query in queries(rows, chosen.count):
        print(query, by_id.get(query.answer or 0))


if __name__ == "__main__":
    main()
