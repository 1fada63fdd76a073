"""SDMX messages: what they say, what is refused, and that readers agree."""

import io
import re
import sys
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from armstrace.analysis.statistics import wilson
from armstrace.analysis.statistics.indicator import IndicatorValue, Method
from armstrace.analysis.statistics.ratios import Part
from armstrace.analysis.statistics.sdmx import (
    checking,
    full_structure,
    messages,
    sending,
    structure,
)
from armstrace.analysis.statistics.sdmx.messages import Layout
from armstrace.vocabulary.errors import InvalidInput, RuleBroken, SourceUnavailable
from armstrace.vocabulary.messages import Message

pytestmark = pytest.mark.pure
FITS = structure.built_in()
WHEN = datetime(2026, 6, 30, 12, 0, tzinfo=UTC)
ABOUT = sending.About("826", "Records of the hub", WHEN)
ENVELOPE = messages.Envelope("A-1", "M49_826", WHEN)
ONE_YEAR = IndicatorValue(
    Method.UNODC_ANNUAL,
    2016,
    "2016",
    141,
    826,
    Decimal("17.07"),
    wilson.wilson(141, 826),
)
TWO_YEARS = IndicatorValue(
    Method.UNODC_2026,
    2016,
    "2016-2017",
    value=Decimal("14.87"),
    interval=wilson.mean_of_two((141, 826), (116, 915)),
    parts=(Part("2016", 141, 826), Part("2017", 116, 915)),
)


def an_observation(**changes):
    return sending.observation_of(ONE_YEAR, ABOUT, FITS) | changes


def rules_of(*observations):
    return [each.rule for each in checking.findings(observations, FITS)]


def test_a_figure_is_one_observation_with_its_fraction_in_the_comment():
    told = an_observation()

    assert (told["SERIES"], told["REF_AREA"]) == ("VC_ARM_SZTRACE", "826")
    assert (told["OBS_VALUE"], told["UNIT_MEASURE"]) == ("17.07", "PT")
    assert "Numerator 141, denominator 826." in told["COMMENT_OBS"]
    assert "Method unodc_annual" in told["COMMENT_OBS"]
    assert {told[d.id] for d in FITS.dimensions[4:-1]} == {"_T"}
    assert rules_of(told) == []


def test_a_figure_of_two_years_is_labelled_by_one_and_detailed_by_both():
    told = sending.observation_of(TWO_YEARS, ABOUT, FITS)

    assert (told["TIME_PERIOD"], told["TIME_DETAIL"]) == ("2016", "2016-2017")
    assert told["COMMENT_OBS"].startswith(
        "2016-2017 average based on available data. 2016: 141 of 826. 2017: 116"
    )


def test_SX_07_a_year_without_a_figure_gives_no_message():
    nothing = IndicatorValue(
        Method.METADATA, 1950, reason=Message("Nothing is recorded.")
    )

    with pytest.raises(RuleBroken, match=r"1950 by metadata.*Nothing") as refused:
        sending.observation_of(nothing, ABOUT, FITS)

    assert refused.value.rule == "SX-07"


def test_SX_01_a_code_that_the_structure_lacks_is_refused_by_name():
    wrong = an_observation(SEX="ZZ", UNIT_MEASURE="XX")

    with pytest.raises(RuleBroken, match=r"SEX=ZZ.*UNIT_MEASURE=XX") as refused:
        messages.write([wrong], FITS, Layout.CSV, envelope=ENVELOPE)

    assert refused.value.rule == "SX-01"
    assert rules_of(wrong) == ["SX-01", "SX-01"]


def test_SX_01_is_found_in_a_message_that_other_readers_take():
    whole = messages.write([an_observation()], FITS, Layout.XML, envelope=ENVELOPE)
    broken = whole.replace('SEX="_T"', 'SEX="ZZ"').replace('"PT"', '"XX"')
    messages.validate(broken)

    found = checking.findings(messages.read(broken.encode()), FITS)

    assert [(f.rule, f.component, f.value) for f in found] == [
        ("SX-01", "SEX", "ZZ"),
        ("SX-01", "UNIT_MEASURE", "XX"),
    ]


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"NATURE": ""}, "SX-02"),
        ({"FREQ": ""}, "SX-02"),
        ({"COLOUR": "red"}, "SX-03"),
        ({"OBS_VALUE": "many"}, "SX-04"),
        ({"OBS_VALUE": "170.7"}, "SX-04"),
        ({"OBS_VALUE": "nan"}, "SX-04"),
        ({"TIME_PERIOD": "2016-Q1"}, "SX-04"),
        ({"SEX": "F"}, "SX-05"),
        ({"REF_AREA": "998"}, "SX-01"),
    ],
)
def test_what_does_not_fit_is_named_by_its_rule(changes, rule):
    assert rules_of(an_observation(**changes)) == [rule]


def test_SX_06_two_observations_of_one_key_are_named():
    assert rules_of(an_observation(), an_observation()) == ["SX-06"]


def test_SX_08_a_country_without_a_code_gives_no_message():
    with pytest.raises(RuleBroken, match="ARMSTRACE_COUNTRY") as refused:
        sending.delivery_of(
            [ONE_YEAR],
            method=Method.UNODC_ANNUAL,
            about=sending.About("", "", WHEN),
            structure=FITS,
            layout=Layout.CSV,
        )

    assert refused.value.rule == "SX-08"


@pytest.mark.parametrize(
    ("country", "area"),
    [("GBR", "826"), ("br", "76"), ("AF", "4"), ("XV", "999"), ("QQ", "999")],
)
def test_a_country_is_written_by_its_number_of_m49(country, area):
    assert structure.area_of(country, FITS) == area
    assert structure.area_of("", FITS) == structure.area_of("B1", FITS) == ""


def test_the_number_is_padded_where_the_list_of_areas_pads_it():
    padded = structure.Structure(
        "A", "B", "1", (structure.Component("REF_AREA", frozenset({"076"})),), ()
    )

    assert structure.area_of("BR", padded) == "076"


NUMBERS = ("OBS_VALUE", "UPPER_BOUND", "LOWER_BOUND")
TEXTS = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=60
)


def as_numbers(row):
    """Compare numbers as numbers: a reader of CSV may give 50.0 for 50.00."""
    return {
        name: Decimal(value) if name in NUMBERS else value
        for name, value in row.items()
    }


def through_pysdmx(text):
    io_ = pytest.importorskip("pysdmx.io")
    (dataset,) = io_.read_sdmx(io.BytesIO(text.encode())).data
    rows = dataset.data.astype(str).to_dict(orient="records")
    return [as_numbers(row) for row in rows]


@settings(deadline=None, max_examples=25)
@given(
    st.lists(
        st.tuples(st.integers(1950, 2100), st.decimals(0, 100, places=2), TEXTS),
        min_size=1,
        max_size=4,
        unique_by=lambda each: each[0],
    )
)
def test_what_is_written_is_read_again_alike(rows):
    told = [
        an_observation(
            TIME_PERIOD=str(year),
            OBS_VALUE=str(value),
            COMMENT_OBS=sending.plain(f"x{words}x"),
        )
        for year, value, words in rows
    ]

    for layout in Layout:
        text = messages.write(told, FITS, layout, envelope=ENVELOPE)
        assert messages.read(text.encode()) == told
        assert through_pysdmx(text) == [as_numbers(one) for one in told]


@pytest.mark.parametrize("figure", [ONE_YEAR, TWO_YEARS], ids=["one", "two"])
def test_a_second_reader_finds_the_same_series_and_value(figure):
    sdmx = pytest.importorskip("sdmx")
    told = sending.observation_of(figure, ABOUT, FITS)
    text = messages.write([told], FITS, Layout.XML, envelope=ENVELOPE)

    message = sdmx.read_sdmx(io.BytesIO(text.encode()))

    (seen,) = message.data[0].obs
    (series,) = message.data[0].series
    found = {name: value.value for name, value in seen.key.values.items()}
    found |= {name: str(value.value) for name, value in seen.attached_attribute.items()}
    found |= {name: str(v.value) for name, v in series.attrib.items()}
    found["OBS_VALUE"] = str(seen.value)
    assert message.header.id == "A-1"
    assert found == told


def test_the_message_fits_the_schemas_of_sdmx_in_both_forms():
    told = [an_observation()]
    messages.validate(messages.write(told, FITS, Layout.XML, envelope=ENVELOPE))
    generic = messages.write_generic(told, FITS, ENVELOPE)
    messages.validate(generic)

    with pytest.raises(InvalidInput, match="breaks the XML schema"):
        messages.validate(generic.replace("<gen:ObsDimension", "<gen:ObsDimensions"))
    with pytest.raises(InvalidInput, match="breaks the XML schema"):
        messages.validate(generic.replace("<mes:Test>false", "<mes:Test>perhaps"))


def test_a_message_with_entities_is_not_opened():
    with pytest.raises(InvalidInput, match="not safe to open"):
        messages.read(b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><x/>')


@pytest.mark.parametrize("content_", [b"", b"a,b\n1,2\n", b"<?xml?><x/>", b"\xff\xfe"])
def test_what_is_no_message_is_told_in_one_sentence(content_):
    with pytest.raises(InvalidInput):
        messages.read(content_)


def test_without_the_extra_one_sentence_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "pysdmx.io", None)

    with pytest.raises(SourceUnavailable, match=r"pip install '\.\[sdmx\]'"):
        messages.write([an_observation()], FITS, Layout.CSV, envelope=ENVELOPE)


def test_the_accompanying_table_has_every_method_part_and_exclusion():
    text = sending.accompanying_text([ONE_YEAR, TWO_YEARS])

    lines = text.splitlines()
    assert lines[0].startswith("year,method,method_version,row,name,rule,window")
    assert lines[1].startswith("2016,unodc_annual,16.4.2-1,FIGURE,")
    assert ",2016,141,826,17.07,14.66,19.79," in lines[1]
    assert [line.split(",")[4] for line in lines if ",PART," in line] == [
        "2016",
        "2017",
    ]


def a_full_structure() -> bytes:
    """Write a small structure message with code lists, as a registry gives it."""
    model = pytest.importorskip("pysdmx.model")
    io_ = pytest.importorskip("pysdmx.io")
    form = pytest.importorskip("pysdmx.io.format")
    lists, components = [], []
    concepts = []
    for each in FITS.components:
        codes = None
        if each.id != "TIME_PERIOD" and each.codes:
            kept = sorted(each.codes - {"ZZ"})
            codes = model.Codelist(
                id=f"CL_{each.id}",
                name=each.id,
                agency="IAEG-SDGs",
                version="1.0",
                items=[model.Code(id=code, name=code) for code in kept],
            )
            lists.append(codes)
        urn = (
            "urn:sdmx:org.sdmx.infomodel.conceptscheme.Concept="
            f"IAEG-SDGs:SDG_CONCEPTS(1.0).{each.id}"
        )
        concept = model.Concept(id=each.id, name=each.id, urn=urn)
        concepts.append(concept)
        role = model.Role.DIMENSION if each in FITS.dimensions else model.Role.ATTRIBUTE
        components.append(
            model.Component(
                each.id,
                each.is_required,
                role,
                concept,
                local_codes=codes,
                attachment_level="O" if role is model.Role.ATTRIBUTE else None,
            )
        )
    measure = model.Concept(
        id="OBS_VALUE",
        name="value",
        urn="urn:sdmx:org.sdmx.infomodel.conceptscheme.Concept="
        "IAEG-SDGs:SDG_CONCEPTS(1.0).OBS_VALUE",
    )
    concepts.append(measure)
    components.append(model.Component("OBS_VALUE", True, model.Role.MEASURE, measure))
    scheme = model.ConceptScheme(
        id="SDG_CONCEPTS", name="c", agency="IAEG-SDGs", version="1.0", items=concepts
    )
    dsd = model.DataStructureDefinition(
        id="SDG",
        name="SDG",
        agency="IAEG-SDGs",
        version="1.27",
        components=model.Components(components),
    )
    text = io_.write_sdmx(
        [*lists, scheme, dsd], form.Format.STRUCTURE_SDMX_ML_2_1, prettyprint=True
    )
    return text.encode()


def test_a_full_structure_from_a_file_decides_instead_of_the_built_in_part():
    whole = full_structure.read_structure(a_full_structure())

    assert (whole.agency, whole.version, whole.is_whole) == (
        "IAEG-SDGs",
        "1.27",
        True,
    )
    assert [d.id for d in whole.dimensions] == [d.id for d in FITS.dimensions]
    assert checking.findings([an_observation()], whole) == ()
    found = checking.findings([an_observation(SEX="ZZ")], whole)
    assert [f.rule for f in found] == ["SX-01"]
    assert "(1.27)" in str(found[0].message)


def test_a_structure_without_its_code_lists_is_refused_by_their_names():
    text = a_full_structure().decode()
    bare = re.sub(r"<str:Codelists>.*</str:Codelists>", "", text, flags=re.DOTALL)
    bare = re.sub(r"<str:Enumeration>.*?</str:Enumeration>", "", bare, flags=re.DOTALL)
    bare = re.sub(r"<str:LocalRepresentation>\s*</str:LocalRepresentation>", "", bare)

    with pytest.raises(InvalidInput, match="no code list for FREQ"):
        full_structure.read_structure(bare.encode())


def test_a_data_message_is_no_structure():
    text = messages.write([an_observation()], FITS, Layout.XML, envelope=ENVELOPE)

    with pytest.raises(InvalidInput, match="no data structure"):
        full_structure.read_structure(text.encode())
