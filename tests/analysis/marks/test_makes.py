"""The spellings of a maker come together; two makers never do."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from armstrace.analysis.marks import make_names, makes, spelling, tables
from armstrace.vocabulary.marks import Certainty

pytestmark = pytest.mark.pure


@pytest.mark.parametrize(
    ("text", "name", "country"),
    [
        ("TAURUS", "TAURUS", "BR"),
        ("Forjas Taurus S.A.", "TAURUS", "BR"),
        ("TAURSU", "TAURUS", "BR"),
        ("Amadeo Rossi S/A", "ROSSI", "BR"),
        ("Companhia Brasileira de Cartuchos", "CBC", "BR"),
        ("S. & W.", "SMITH & WESSON", "US"),
        ("Smith y Wesson", "SMITH & WESSON", "US"),
        ("SMTIH & WESSON", "SMITH & WESSON", "US"),
        ("Colt's Mfg. Co., Inc.", "COLT", "US"),
        ("STURM, RUGER & CO., INC.", "RUGER", "US"),
        ("Heckler und Koch GmbH", "HECKLER & KOCH", "DE"),
        ("PIETRO BERETTA S.P.A.", "BERETTA", "IT"),
        ("Česká zbrojovka a.s.", "CZ", "CZ"),
        ("SARSILMAZ SİLAH SAN. A.Ş.", "SARSILMAZ", "TR"),
        ("MAKİNA VE KİMYA ENDÜSTRİSİ", "MKE", "TR"),
        ("ИЖМАШ", "IZHMASH", "RU"),
        ("Fabrique Nationale Herstal", "FN", "BE"),
        ("R-P", "REMINGTON", "US"),
        ("PMC", "PMC", "KR"),
        ("BLAZER", "BLAZER", "US"),
    ],
)
def test_a_maker_has_one_name(text: str, name: str, country: str) -> None:
    read = makes.read_make(text)

    assert (read.name, read.country) == (name, country)
    assert read.reading.as_written == text


@pytest.mark.parametrize(
    "text",
    [
        "",
        " - ",
        "NÃO IDENTIFICADA",
        "NÃO IDENTIFICDA",
        "INDETERMINADO",
        "N/I",
        "sem marca",
        "unknown",
        "desconocida",
        "inconnue",
        "Unbekannt",
        "неизвестно",
        "Outros",
    ],
)
def test_a_word_for_not_known_is_no_maker(text: str) -> None:
    read = makes.read_make(text)

    assert read.name == ""
    assert read.reading.certainty is Certainty.NONE


def test_american_derringer_corp_is_not_american_derringer_co() -> None:
    corp = makes.read_make("American Derringer Corp.")
    company = makes.read_make("American Derringer Co.")

    assert corp.name != company.name


def test_glock_of_austria_and_glock_inc_are_apart_only_where_the_text_says_so() -> None:
    assert makes.read_make("GLOCK").country == "AT"
    assert makes.read_make("Glock Ges.m.b.H.").name == "GLOCK"
    assert makes.read_make("GLOCK INC., SMYRNA, GA").country == "US"


def test_a_licensed_copy_keeps_its_own_maker() -> None:
    taurus = makes.read_make("TAURUS PT 92 (BERETTA)")
    beretta = makes.read_make("BERETTA 92")

    assert (taurus.name, beretta.name) == ("TAURUS", "BERETTA")


def test_an_importer_gives_way_to_the_maker_beside_it() -> None:
    read = makes.read_make("FEG / KBI")

    assert read.name == "FEG"
    assert "KBI" in str(read.reading.note)


def test_an_importer_alone_is_known_as_importer() -> None:
    assert makes.read_make("CAI GEORGIA VT").role is makes.MakeRole.IMPORTER


def test_a_typing_error_is_not_forgiven_where_two_makers_are_near() -> None:
    assert makes.read_make("NORICO").reading.rule == "NOT_LISTED"


@pytest.mark.parametrize(
    ("text", "name", "rule"),
    [
        ("CIA. BRAS. DE CARTUCHOS", "CBC", "WORD_ORDER"),
        ("ROSSI, AMADEO", "ROSSI", "ALIAS"),
        ("REV. TAURUS CAL 38", "TAURUS", "WITHIN"),
        ("COLT GOVERNMENT", "COLT", "WITHIN"),
        ("HK G3", "HECKLER & KOCH", "WITHIN"),
        ("TAURU5", "TAURUS", "LOOK_ALIKE"),
        ("GL0CK", "GLOCK", "LOOK_ALIKE"),
        ("ТАURUS", "TAURUS", "LOOK_ALIKE"),
        ("ROSSY", "ROSSI", "SOUND"),
        ("LHAMA", "LLAMA", "SOUND"),
        ("HARRINGTON", "HARRINGTON & RICHARDSON", "CUT_SHORT"),
        ("JERICHO 941", "IMI", "MODEL"),
    ],
)
def test_a_reading_names_the_rule_that_found_the_maker(
    text: str, name: str, rule: str
) -> None:
    read = makes.read_make(text)

    assert (read.name, read.reading.rule) == (name, rule)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("TAURUSPT92", "TAURUS"),
        ("ROSSI.32", "ROSSI"),
        ("GLOCK22GEN4", "GLOCK"),
        ("COLTPYTHON", "COLT"),
        ("RAVEN25", "RAVEN"),
        ("COLTAR15", "COLT"),
        ("REVOLVERTAURUS", "TAURUS"),
        ("BOITO/36", "BOITO"),
        ("SIG SAUER9MM", "SIG SAUER"),
        ("MAUSERMAUSER", "MAUSER"),
    ],
)
def test_a_name_is_parted_from_what_was_typed_to_it(text: str, name: str) -> None:
    assert makes.read_make(text).name == name


@pytest.mark.parametrize(
    ("whole", "name"),
    [
        ("SMITH & WESSON", "SMITH & WESSON"),
        ("WINCHESTER", "WINCHESTER"),
        ("HECKLER & KOCH", "HECKLER & KOCH"),
        ("SPRINGFIELD ARMORY", "SPRINGFIELD ARMORY"),
        ("ORBEA HERMANOS", "ORBEA HERMANOS"),
        ("CESKA ZBROJOVKA", "CZ"),
        ("AMADEO ROSSI", "ROSSI"),
    ],
)
@pytest.mark.parametrize("width", [9, 10, 12])
def test_a_name_that_a_narrow_field_cut_is_known_by_its_beginning(
    whole: str, name: str, width: int
) -> None:
    assert makes.read_make(whole[:width]).name == name


@pytest.mark.parametrize(
    "text",
    ["AMERICAN ARMS WORKSHOP", "NATIONAL", "ORDNANCE", "BROWN MFG", "ARMI FABRI"],
)
def test_the_beginning_of_many_names_is_not_taken_for_one(text: str) -> None:
    assert makes.read_make(text).name == ""


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("TAURUZ", "TAURUS"),
        ("TAUUS 38", "TAURUS"),
        ("BERETAT", "BERETTA"),
        ("WHINCHESTER", "WINCHESTER"),
        ("REMIGNTON 870", "REMINGTON"),
        ("ROSSO", "ROSSI"),
        ("IOSSI 32", "ROSSI"),
        ("CBCC", "CBC"),
        ("SMIT & WES", "SMITH & WESSON"),
        ("MOSBURG", "MOSSBERG"),
        ("VALTHER", "WALTHER"),
        ("ВІНЧЕСТЕР 12", "WINCHESTER"),
        ("РЕМИНГТОН", "REMINGTON"),
    ],
)
def test_an_error_is_forgiven_the_more_the_more_common_the_maker(
    text: str, name: str
) -> None:
    assert makes.read_make(text).name == name


@pytest.mark.parametrize("text", ["CELTA", "BERDAN", "SANDER", "VICTORY", "WINCO ARMS"])
def test_a_name_as_near_to_a_maker_as_to_many_words_stays_unknown(text: str) -> None:
    assert makes.read_make(text).name == ""


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("PT 838", "TAURUS"),
        ("PT-59S", "TAURUS"),
        ("G19", "GLOCK"),
        ("ТОЗ-34", "TULA ARMS PLANT"),
        ("ІЖ-27", "BAIKAL"),
        ("ФОРТ-12", "FORT"),
    ],
)
def test_a_model_that_one_maker_alone_has_implies_the_maker(
    text: str, name: str
) -> None:
    assert makes.read_make(text).name == name


@pytest.mark.parametrize("text", ["M16", "FAL", "AR-15", "PP", "38 SPECIAL"])
def test_a_pattern_of_many_makers_or_a_calibre_implies_none(text: str) -> None:
    assert makes.read_make(text).name == ""


@pytest.mark.parametrize(
    "text",
    [
        "TRADE MARK",
        "SIMULACRO DE PISTOLA",
        "LICENSED TRADEMARK",
        "AÇÃO DUPLA",
        "ARMA CASERA",
        "САМОРОБНИЙ",
        "صناعة محلية",
        "el yapımı",
    ],
)
def test_words_that_name_no_maker_leave_it_unknown(text: str) -> None:
    assert makes.read_make(text).name == ""


@pytest.mark.parametrize(
    ("text", "rule", "country"),
    [
        ("INDÚSTRIA ARGENTINA", "COUNTRY", "AR"),
        ("IND. BRAS.", "COUNTRY", "BR"),
        ("Made in Germany", "COUNTRY", "DE"),
        ("FABRICAÇÃO CASEIRA", "HOME_MADE", ""),
        ("REVÓLVER", "NO_NAME", ""),
        (".38 SPL", "CALIBRE", ""),
        ("9MM", "CALIBRE", ""),
        ("MARCA RASPADA", "STATEMENT", ""),
        ("XXXX", "NO_NAME", ""),
        ("0", "NO_NAME", ""),
    ],
)
def test_what_is_no_name_of_a_maker_leaves_the_make_unknown(
    text: str, rule: str, country: str
) -> None:
    read = makes.read_make(text)

    assert (read.name, read.country) == ("", country)
    assert read.reading.rule == rule


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("CENTURY ARMS", "ROMARM"),
        ("INTERARMS", "WALTHER"),
        ("SIG", "SIG SAUER"),
        ("STAR", "STARR"),
        ("NORICA", "NORINCO"),
        ("RHÖNER", "RÖHM"),
        ("RUBY", "RUBI"),
        ("FEDERAL", "FEDERAL ORDNANCE"),
        ("GLOCK", "GLOCK INC"),
        ("ROSS", "ROSSI"),
        ("SMITH & WESSON", "SMITH AMERICANO"),
        ("L.C. SMITH", "SMITH & WESSON"),
        ("PARKER BROS", "PARKER-HALE"),
        ("BREN", "BERN"),
    ],
)
def test_two_makers_of_like_names_stay_two(one: str, other: str) -> None:
    assert makes.read_make(one).name != makes.read_make(other).name


@pytest.mark.parametrize(
    ("text", "certainty"),
    [
        ("ESPINGARDA CBC", Certainty.LIKELY),
        ("DE DOIS CANOS, PARECE ROSSI", Certainty.DOUBTFUL),
        ("TALVEZ ROSSI", Certainty.DOUBTFUL),
    ],
)
def test_a_familiar_name_amid_other_words_is_taken_with_doubt(
    text: str, certainty: Certainty
) -> None:
    read = makes.read_make(text)

    assert read.name in {"CBC", "ROSSI"}
    assert read.reading.certainty is certainty


def test_a_doubting_word_leaves_the_reading_doubtful() -> None:
    read = makes.read_make("SIMILAR TAURUS")

    assert (read.name, read.reading.certainty) == ("TAURUS", Certainty.DOUBTFUL)


def test_half_of_the_spellings_hidden_many_still_arrive_and_few_go_astray() -> None:
    rng = random.Random(11)
    kept, hidden = [], []
    for row in tables.rows("makes.tsv"):
        aliases = tables.several(row["aliases"])
        shown = [alias for alias in aliases if rng.random() < 0.5]
        hidden += [(alias, row["name"]) for alias in aliases if alias not in shown]
        kept.append({**row, "aliases": "|".join(shown)})
    names = make_names.Names(kept)
    long_ones = [pair for pair in hidden if len(spelling.squash(pair[0])) > 3]

    read = [(makes.read_among(names, alias), name) for alias, name in long_ones]

    arrived = sum(found.name == name for found, name in read)
    astray = sum(
        found.name not in {name, ""}
        and found.reading.certainty is not Certainty.DOUBTFUL
        for found, name in read
    )
    assert arrived / len(read) > 0.5
    assert astray / len(read) < 0.06


def test_a_text_of_any_length_is_read_to_a_bound() -> None:
    assert makes.read_make("TAURUS " * 10_000).name == "TAURUS"


def test_a_name_that_is_in_no_table_gives_none_and_keeps_the_text() -> None:
    read = makes.read_make("Zyx Armas Ltda")

    assert (read.name, read.reading.rule) == ("", "NOT_LISTED")
    assert read.reading.as_written == "Zyx Armas Ltda"


def test_a_maker_of_several_states_is_at_home_in_the_first() -> None:
    make = makes.make_named("BERETTA")

    assert make is not None
    assert make.country == "IT"
    assert {"IT", "US", "BR"} <= set(make.countries)


def test_no_spelling_belongs_to_two_makers() -> None:
    owners: dict[str, str] = {}
    for row in tables.rows("makes.tsv"):
        for name in (row["name"], *tables.several(row["aliases"])):
            owner = owners.setdefault(spelling.squash(name), row["name"])
            assert owner == row["name"], name


def test_the_table_holds_makers_of_the_world() -> None:
    table = make_names.names().makes.values()

    assert len(table) >= 450
    assert len({make.country for make in table}) >= 40


@given(st.sampled_from(sorted(make_names.names().makes)))
def test_a_canonical_name_reads_to_itself(name: str) -> None:
    assert makes.read_make(name).name == name
    assert makes.read_make(name.lower()).name == name


@given(st.text(max_size=40))
def test_anything_is_kept_as_written(text: str) -> None:
    assert makes.read_make(text).reading.as_written == text


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("SPRNGFLD ARMORY", "SPRINGFIELD ARMORY"),
        ("WNCHSTR", "WINCHESTER"),
        ("HRRNGTN & RCHRDSN", "HARRINGTON & RICHARDSON"),
    ],
)
def test_a_name_without_its_vowels_is_read(text: str, name: str) -> None:
    read = makes.read_make(text)

    assert (read.name, read.reading.certainty) == (name, Certainty.LIKELY)


@pytest.mark.parametrize("text", ["STRLNGS", "XKCDTRS", "CZX"])
def test_consonants_of_no_maker_stay_text(text: str) -> None:
    assert makes.read_make(text).name == ""
