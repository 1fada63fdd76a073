"""A folder of one's own adds to the vocabularies, or is refused in one sentence."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from armstrace.analysis.marks import (
    calibres,
    identify,
    makes,
    models,
    serial_years,
    serials,
    table_rules,
    tables,
    types,
)
from armstrace.analysis.marks.description import Description
from armstrace.vocabulary.arms import ArmType
from armstrace.vocabulary.errors import InvalidInput
from armstrace.vocabulary.marks import SerialStatus

pytestmark = [pytest.mark.pure, pytest.mark.xdist_group("vocabularies")]


@pytest.fixture(autouse=True)
def _package_alone() -> Iterator[None]:
    yield
    tables.use(None)


def write(folder: Path, name: str, *lines: str) -> Path:
    (folder / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


def test_every_file_of_the_package_keeps_its_own_rules() -> None:
    tables.use(tables.PACKAGE)

    names = {path.name for path in tables.PACKAGE.glob("*.tsv")}
    assert names == set(table_rules.KEYS)


def test_a_row_is_added(tmp_path: Path) -> None:
    tables.use(
        write(
            tmp_path,
            "makes.tsv",
            "name\tcountry\trole\tcode\taliases",
            "VARNIA ARMS WORKS\tXV\tMAKER\t\tVAW|VARNIAN ARSENAL",
        )
    )

    assert makes.read_make("V.A.W.").name == "VARNIA ARMS WORKS"
    assert makes.read_make("TAURUS").name == "TAURUS"


def test_a_row_with_a_known_key_replaces_ours(tmp_path: Path) -> None:
    tables.use(
        write(
            tmp_path,
            "makes.tsv",
            "name\tcountry\trole\tcode\taliases",
            "TAURUS\tUS\tMAKER\t\tBULL BRAND",
        )
    )

    assert makes.read_make("BULL BRAND").country == "US"
    assert makes.read_make("FORJAS DE TAURUS BRASIL").name == "TAURUS"
    assert makes.read_make("TAUR").reading.rule != "ALIAS"


def test_each_vocabulary_takes_rows_of_ones_own(tmp_path: Path) -> None:
    write(tmp_path, "calibres.tsv", "name\tmetric\tkinds\taliases",
          "6 mm VARNIA\t6x41\tRIFLE\t6 VARN")  # fmt: skip
    write(tmp_path, "models.tsv", "make\tmodel\ttype\taliases\tcalibre",
          "TAURUS\tPT 7777\t\tSEVENS")  # fmt: skip
    write(tmp_path, "types.tsv", "word\titem\ttype\tammunition\tproduction\tnote",
          "boomstick\tARM\tSHOTGUN")  # fmt: skip
    write(tmp_path, "serial_words.tsv", "word\tmatch\tmeaning",
          "zapped\tSTEM\tERASED")  # fmt: skip
    write(tmp_path, "serial_rules.toml", "[[rule]]", 'make = "TAURUS"',
          'pattern = "VX(?P<yy>\\\\d\\\\d)\\\\d{4}"', "first = 2000", "last = 2030",
          'source = "invented"')  # fmt: skip

    tables.use(tmp_path)

    assert calibres.read_calibre("6 varn").value == "6 mm VARNIA"
    assert models.read_model("Sevens", "TAURUS").value == "PT 7777"
    assert types.read_type("Boomstick").arm_type is ArmType.SHOTGUN
    assert serials.read_serial("zapped").status is SerialStatus.OBLITERATED
    assert serial_years.year_of("VX121234", "TAURUS") == 2012


def test_codes_are_read_where_their_list_is_in_use(tmp_path: Path) -> None:
    assert makes.read_make("GLC").name == ""
    write(
        tmp_path, "MAK.csv", "code,description", "GLC,Glock", "ZZQ,Zed WorksMfr. of x"
    )
    write(tmp_path, "TYP.csv", "code,description", "P,Pistol")
    write(tmp_path, "CAL.csv", "code,description", "3220,.32-20 Winchester",
          '38,".38 S&W, .38 Special"')  # fmt: skip

    tables.use(tmp_path)

    assert makes.read_make("GLC").name == "GLOCK"
    assert makes.read_make("ZZQ").name == "ZED WORKS"
    assert makes.read_make("CBC").reading.rule == "ALIAS"
    assert types.read_type("PI").arm_type is ArmType.PISTOL
    assert calibres.read_calibre("3220").value == ".32-20 WINCHESTER"
    assert calibres.read_calibre("38").value == ".38"


def test_the_version_changes_with_a_file_of_ones_own(tmp_path: Path) -> None:
    before = identify.identify(Description(make="TAURUS")).vocabularies

    tables.use(write(tmp_path, "unknown_words.tsv", "word\tmeaning", "dunno\tUNKNOWN"))

    after = identify.identify(Description(make="TAURUS")).vocabularies
    assert after.startswith(f"{before}+")
    assert makes.read_make("dunno").name == ""


@pytest.mark.parametrize(
    ("name", "lines", "field", "sentence"),
    [
        (
            "makes.tsv",
            ("name\tcountry\trole\tcode\taliases", "# note", "X\tBR\tSMITHY"),
            "role",
            "makes.tsv, row 3: role is “SMITHY”; write one of MAKER",
        ),
        (
            "makes.tsv",
            ("name\tcountry\trole\tcode\taliases", "X\tYY\tMAKER"),
            "country",
            "makes.tsv, row 2: country is “YY”; write two letters",
        ),
        (
            "makes.tsv",
            ("name\tcountry\trole", "X\tBR\tMAKER"),
            "aliases",
            "makes.tsv has no column aliases",
        ),
        (
            "calibres.tsv",
            ("name\tmetric\tkinds\taliases", "6 X\tsix\tRIFLE"),
            "metric",
            "calibres.tsv, row 2: metric is “six”; write such as 9x19",
        ),
        (
            "types.tsv",
            ("word\titem\ttype\tammunition\tproduction\tnote", "\tARM\tPISTOL"),
            "word",
            "types.tsv, row 2: word is empty",
        ),
        (
            "serial_rules.toml",
            ("[[rule]]", 'make = "X"', 'pattern = "("', "first = 1", "last = 2",
             'source = "s"'),
            "pattern",
            "serial_rules.toml, rule 1: pattern is not a regular expression",
        ),
        ("nonsense.tsv", ("a\tb",), "", "nonsense.tsv is not a vocabulary"),
        ("MAK.csv", ("code,description", "ABC,"), "description", "MAK.csv, row 2"),
    ],
)  # fmt: skip
def test_a_wrong_file_is_refused_and_names_file_row_and_field(
    tmp_path: Path, name: str, lines: tuple[str, ...], field: str, sentence: str
) -> None:
    write(tmp_path, name, *lines)

    with pytest.raises(InvalidInput) as refused:
        tables.use(tmp_path)

    assert str(refused.value).startswith(sentence)
    assert refused.value.field == field


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="There is no folder"):
        tables.use(tmp_path / "absent")
