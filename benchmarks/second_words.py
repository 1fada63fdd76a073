"""Makers, models and calibres of the second generator, by general knowledge."""

from collections.abc import Iterator
from dataclasses import dataclass


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
