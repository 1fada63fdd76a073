"""Kinds of arm are understood in eight languages."""

import pytest

from armstrace.analysis.marks import types
from armstrace.vocabulary.arms import AmmunitionKind, ArmType, ItemKind, ProductionClass
from armstrace.vocabulary.marks import Certainty

pytestmark = pytest.mark.pure

WORDS = {
    ArmType.PISTOL: "مسدس|手枪|pistol|pistolet|пистолет|pistola|pistola|Pistole",
    ArmType.REVOLVER: (
        "مسدس دوار|左轮手枪|revolver|revolver|револьвер|revólver|revólver|Revolver"
    ),
    ArmType.RIFLE: "بندقية|步枪|rifle|fusil|винтовка|fusil|fuzil|Gewehr",
    ArmType.CARBINE: (
        "كاربين|卡宾枪|carbine|carabine|карабин|carabina|carabina|Karabiner"
    ),
    ArmType.SHOTGUN: (
        "بندقية صيد|霰弹枪|shotgun|fusil de chasse|ружьё|escopeta|espingarda|Flinte"
    ),
    ArmType.SUBMACHINE_GUN: (
        "رشاش قصير|冲锋枪|submachine gun|pistolet-mitrailleur|пистолет-пулемёт"
        "|subfusil|submetralhadora|Maschinenpistole"
    ),
    ArmType.MACHINE_GUN: (
        "رشاش|机枪|machine gun|mitrailleuse|пулемёт|ametralladora|metralhadora"
        "|Maschinengewehr"
    ),
    ArmType.LIGHT_WEAPON: (
        "قاذف قنابل|榴弹发射器|grenade launcher|lance-grenades|гранатомёт"
        "|lanzagranadas|lança-granadas|Granatwerfer"
    ),
    ArmType.OTHER_FIREARM: (
        "مسدس صوت|信号枪|starting pistol|pistolet d'alarme|сигнальный пистолет"
        "|pistola de fogueo|pistola de alarme|Schreckschusspistole"
    ),
    ArmType.UNKNOWN: (
        "سلاح ناري|火器|firearm|arme à feu|огнестрельное оружие|arma de fuego"
        "|arma de fogo|Schusswaffe"
    ),
}


AMMUNITION = "ذخيرة|弹药|ammunition|munitions|боеприпасы|munición|munição|Munition"
CASES = "ظرف فارغ|弹壳|cartridge case|douille|гильза|vaina|estojo|Patronenhülse"
CRAFT = (
    "سلاح محلي الصنع|土制手枪|craft weapon|arme artisanale|самодельный пистолет"
    "|arma hechiza|arma artesanal|Eigenbau"
)


@pytest.mark.parametrize(
    ("arm_type", "word"),
    [
        (arm_type, word)
        for arm_type, words in WORDS.items()
        for word in words.split("|")
    ],
)
def test_each_kind_is_read_in_each_language(arm_type: ArmType, word: str) -> None:
    read = types.read_type(word)

    assert read.arm_type is arm_type
    assert read.item_kind is ItemKind.ARM
    assert read.reading.certainty is not Certainty.NONE


def test_no_kind_of_arm_lacks_a_language() -> None:
    assert {len(words.split("|")) for words in WORDS.values()} == {8}
    assert set(WORDS) == set(ArmType)


@pytest.mark.parametrize(
    "word",
    AMMUNITION.split("|"),
)
def test_ammunition_is_read_in_each_language(word: str) -> None:
    assert types.read_type(word).item_kind is ItemKind.AMMUNITION


@pytest.mark.parametrize(
    "word",
    CASES.split("|"),
)
def test_a_case_is_read_in_each_language(word: str) -> None:
    assert types.read_type(word).ammunition_kind is AmmunitionKind.CARTRIDGE_CASE


@pytest.mark.parametrize(
    "word",
    CRAFT.split("|"),
)
def test_craft_making_is_read_in_each_language(word: str) -> None:
    read = types.read_type(word)

    assert read.arm_type is ArmType.OTHER_FIREARM
    assert read.production_class is ProductionClass.CRAFT


@pytest.mark.parametrize(
    ("text", "arm_type", "rule"),
    [
        ("Jagdgewehrbüchse", ArmType.RIFLE, "COMPOUND"),
        ("المسدس", ArmType.PISTOL, "WORD"),
        ("espingarda calibre 12", ArmType.SHOTGUN, "AMONG_WORDS"),
        ("REVOLVR", ArmType.REVOLVER, "FUZZY"),
    ],
)
def test_a_kind_is_found_in_compounds_among_words_and_through_slips(
    text: str, arm_type: ArmType, rule: str
) -> None:
    read = types.read_type(text)

    assert (read.arm_type, read.reading.rule) == (arm_type, rule)


UKRAINIAN = {
    ArmType.PISTOL: "пістолет|самозарядний пістолет",
    ArmType.REVOLVER: "револьвер",
    ArmType.RIFLE: "гвинтівка|автомат|обріз гвинтівки|гвинтівки",
    ArmType.CARBINE: "карабін|мисливський карабін",
    ArmType.SHOTGUN: "рушниця мисливська|помпова рушниця|обріз рушниці|рушницею",
    ArmType.SUBMACHINE_GUN: "пістолет-кулемет",
    ArmType.MACHINE_GUN: "кулемет|ручний кулемет",
    ArmType.LIGHT_WEAPON: "гранатомет|міномет|протитанкова рушниця",
    ArmType.OTHER_FIREARM: (
        "револьвер газовий|пістолет сигнальний|пістолет пневматичний"
        "|револьвер під патрон Флобера|пістолет під гумову кулю|ракетниця"
        "|карабін учбовий|пістолет саморобний"
    ),
}


@pytest.mark.parametrize(
    ("arm_type", "word"),
    [
        (arm_type, word)
        for arm_type, words in UKRAINIAN.items()
        for word in words.split("|")
    ],
)
def test_each_kind_is_read_in_ukrainian(arm_type: ArmType, word: str) -> None:
    read = types.read_type(word)

    assert (read.item_kind, read.arm_type) == (ItemKind.ARM, arm_type)


OTHER_OBJECTS = (
    "knife|faca|cuchillo|couteau|Messer|нож|ніж|سكين|刀|colete balístico"
    "|bulletproof vest|granada|hand grenade|граната|bomba|explosivos|arma branca"
    "|outros|other|autres|Sonstiges|інше|arbalète|Handgranate"
)


@pytest.mark.parametrize("word", OTHER_OBJECTS.split("|"))
def test_what_is_no_arm_no_part_and_no_ammunition_is_said_so(word: str) -> None:
    assert types.read_type(word).reading.value == types.NOT_AN_ARM


@pytest.mark.parametrize("word", ["other firearm", "grenade launcher", "lança granada"])
def test_an_arm_with_such_a_word_in_its_name_stays_an_arm(word: str) -> None:
    assert types.read_type(word).reading.value != types.NOT_AN_ARM


@pytest.mark.parametrize(
    ("word", "made"),
    [
        ("pistola de fabricação caseira", ProductionClass.RUDIMENTARY),
        ("homemade shotgun", ProductionClass.RUDIMENTARY),
        ("escopeta casera", ProductionClass.RUDIMENTARY),
        ("improvised firearm", ProductionClass.RUDIMENTARY),
        ("espingarda artesanal", ProductionClass.CRAFT),
        ("escopeta hechiza", ProductionClass.CRAFT),
        ("locally made pistol", ProductionClass.CRAFT),
        ("fusil de fabrication artisanale", ProductionClass.CRAFT),
        ("обрез самодельный", ProductionClass.CRAFT),
        ("саморобна зброя", ProductionClass.CRAFT),
        ("fabricação própria", ProductionClass.CRAFT),
        ("3D printed pistol", ProductionClass.PMF_3D),
    ],
)
def test_a_home_made_arm_has_a_kind_and_a_class_in_any_wording(
    word: str, made: ProductionClass
) -> None:
    read = types.read_type(word)

    assert (read.arm_type, read.production_class) == (ArmType.OTHER_FIREARM, made)


@pytest.mark.parametrize(
    ("word", "says"),
    [
        ("carabina de pressão", "air arm"),
        ("rifle de ar comprimido", "air arm"),
        ("gas revolver", "alarm or signal"),
        ("revólver de fogueo", "alarm or signal"),
        ("gasni pištolj", "alarm or signal"),
        ("pistola scacciacani", "alarm or signal"),
        ("broń gazowa", "alarm or signal"),
        ("réplica de pistola", "replica"),
        ("револьвер під патрон Флобера", "Flobert"),
    ],
)
def test_an_air_arm_an_alarm_device_and_a_replica_are_no_revolver_and_no_rifle(
    word: str, says: str
) -> None:
    read = types.read_type(word)

    assert read.arm_type is ArmType.OTHER_FIREARM
    assert says in str(read.reading.note)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("carregador de pistola", ItemKind.PART),
        ("cano de espingarda", ItemKind.PART),
        ("pistol magazine", ItemKind.PART),
        ("munição de fuzil", ItemKind.AMMUNITION),
        ("rifle ammunition", ItemKind.AMMUNITION),
        ("pistola com carregador", ItemKind.ARM),
        ("revólver cano curto", ItemKind.ARM),
        ("rifle with scope", ItemKind.ARM),
        ("bolt action rifle", ItemKind.ARM),
        ("double barrel shotgun", ItemKind.ARM),
    ],
)
def test_an_arm_and_what_belongs_to_it_are_told_apart(
    text: str, kind: ItemKind
) -> None:
    assert types.read_type(text).item_kind is kind


@pytest.mark.parametrize(
    "word", ["Simulacro", "toy revolver", "pistola de juguete", "Spielzeugpistole"]
)
def test_a_toy_or_an_imitation_is_no_arm_unless_it_was_converted(word: str) -> None:
    assert types.read_type(word).reading.value == types.NOT_AN_ARM
    assert types.read_type("converted toy pistol").arm_type is ArmType.OTHER_FIREARM


@pytest.mark.parametrize(
    ("text", "count"),
    [("2 Pistolen", 2), ("3 RPG-7", 3), ("duas pistolas", 2), ("12 Flinte", 0),
     ("9 mm Pistole", 0), ("22 rifle", 0), ("2 canos", 0), ("Pistol", 0)],
)  # fmt: skip
def test_a_number_before_a_word_for_arms_counts_them(text: str, count: int) -> None:
    assert types.count_of(text) == count
