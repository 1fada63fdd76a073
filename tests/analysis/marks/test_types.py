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
