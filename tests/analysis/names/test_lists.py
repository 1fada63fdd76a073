import json

import pytest

from armstrace.analysis.names import lists
from armstrace.analysis.names.entries import Entry
from armstrace.analysis.names.screening import ListIndex
from armstrace.vocabulary.errors import InvalidInput
from armstrace.vocabulary.vetting import ListFormat
from tests.analysis.names import published

ILSE = ("Ilse Vornhagen", "Elsa Vornhagen")
LISTS = {
    ListFormat.UN_XML: (
        published.UN,
        "2026-11-01",
        [
            Entry(
                "VXi.001",
                "Person",
                ("MOHAMMED KARIM ORLUN", "Karim the Elder"),
                ("1960-05-01",),
                ("Vornia",),
            ),
            Entry("VXe.001", "Organization", ("Orlun Arms Trading", "OAT")),
        ],
    ),
    ListFormat.EU_XML: (
        published.EU,
        "2026-11-02",
        [
            Entry("EU.1.1", "Person", ILSE, ("1971-02-03",), ("XV",)),
            Entry("14", "Organization", ("Vornhagen Shipping",)),
        ],
    ),
    ListFormat.OFAC_XML: (
        published.OFAC_XML,
        "2026-11-03",
        [
            Entry(
                "36", "Person", ("Tomas BRENDAL", "Thomas BRENDALL"), ("1955-08-07",)
            ),
            Entry("37", "Vessel", ("SEA ORLUN",)),
        ],
    ),
    ListFormat.OFAC_CSV: (
        published.OFAC_CSV,
        "",
        [
            Entry("36", "Person", ("Tomas BRENDAL",), ("1955-08-07",), ("Vornia",)),
            Entry("306", "Organization", ("ORLUN TRADING",)),
        ],
    ),
    ListFormat.FTM: (
        published.FTM,
        "",
        [Entry("v-1", "Person", (ILSE[0], "I. Vornhagen"), ("1971",), ("xv",))],
    ),
    ListFormat.CSV: (
        published.SIMPLE,
        "",
        [Entry("v-1", "Person", (*ILSE, "I. V."), ("1971-02-03",), ("xv",))],
    ),
}


@pytest.mark.parametrize("form", ListFormat)
def test_a_list_is_read_as_its_publisher_writes_it(form, tmp_path):
    text, version, entries = LISTS[form]
    path = tmp_path / "list"
    path.write_text(text, encoding="utf-8")

    found = lists.read(path)

    assert (found.format, found.version) == (form, version)
    assert list(found.entries) == entries


def test_rows_of_one_number_are_one_entry_with_several_names(tmp_path):
    path = tmp_path / "eu.csv"
    path.write_text(published.EU_CSV, encoding="utf-8")

    assert lists.read(path).entries == (Entry("13", "Person", ILSE),)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a,b\n1,2\n",
        "<html></html>",
        "{broken",
        '{"id": 1}',
        published.UN[:600],
        published.UN.replace("<CONS", '<!DOCTYPE x [<!ENTITY a "b">]><CONS'),
        "\x00\x01",
    ],
)
def test_what_is_no_list_or_is_damaged_is_refused_in_one_sentence(text, tmp_path):
    path = tmp_path / "file"
    path.write_text(text, encoding="utf-8")

    with pytest.raises(InvalidInput, match="cannot be read as a list of names"):
        lists.read(path)


@pytest.mark.parametrize("encoding", ["cp1251", "utf-16", "utf-8-sig"])
def test_a_table_is_read_in_the_encoding_of_the_office(encoding, tmp_path):
    path = tmp_path / "list.csv"
    path.write_bytes("id;name\n1;Иван Петров\n2;Ольга Вронская\n".encode(encoding))

    named = [each.names for each in lists.read(path).entries]

    assert named == [("Иван Петров",), ("Ольга Вронская",)]


def test_a_list_in_xml_is_read_in_utf_16_and_never_with_entities(tmp_path):
    path = tmp_path / "un.xml"
    text = published.UN.replace("UTF-8", "UTF-16")
    path.write_bytes(text.encode("utf-16"))

    assert lists.read(path).entries == tuple(LISTS[ListFormat.UN_XML][2])

    doctype = text.replace("<CONS", '<!DOCTYPE x [<!ENTITY a "b">]><CONS')
    path.write_bytes(doctype.encode("utf-16"))
    with pytest.raises(InvalidInput):
        lists.read(path)


def test_short_rows_and_lines_within_cells_are_kept(tmp_path):
    path = tmp_path / "list.csv"
    path.write_text('id,name,aliases\n1,"Ilse\nVornhagen",\n\n2,Otto\n')

    named = [each.names for each in lists.read(path).entries]

    assert named == [("Ilse Vornhagen",), ("Otto",)]


def test_a_quotation_mark_that_is_never_closed_does_not_swallow_a_list(tmp_path):
    path = tmp_path / "list.csv"
    path.write_text('id,name\n1,"Ilse\n' + "2,Otto\n" * 40)

    with pytest.raises(InvalidInput):
        lists.read(path)


def test_births_in_rows_of_their_own_join_the_entry(tmp_path):
    path = tmp_path / "eu.csv"
    path.write_text(
        "fileGenerationDate;Entity_LogicalId;NameAlias_WholeName;BirthDate_BirthDate\n"
        "02/11/2026;13;;1971-02-03\n02/11/2026;13;Ilse Vornhagen;\n"
    )

    found = lists.read(path)

    assert found.entries == (Entry("13", "Person", ILSE[:1], ("1971-02-03",)),)
    assert (found.version, found.left_out) == ("2026-11-02", 0)


def test_names_in_parts_and_weak_ones_are_read_and_other_kinds_counted(tmp_path):
    path = tmp_path / "list.json"
    told = [
        ("Person", {"firstName": ["Ilse"], "lastName": "Vornhagen"}),
        ("Company", {"name": "Orlun", "weakAlias": ["O."], "previousName": ["Or"]}),
        ("Position", {"name": ["Mayor"]}),
        ("Sanction", {}),
        ("Address", {"name": ["Quay 1"]}),
    ]
    lines = [
        json.dumps({"id": str(n), "schema": schema, "properties": properties})
        for n, (schema, properties) in enumerate(told)
    ]
    path.write_text("\n".join(lines))

    found = lists.read(path)

    named = [each.names for each in found.entries]
    assert (named, found.left_out) == ([("Ilse Vornhagen",), ("Orlun", "O.", "Or")], 1)


def test_an_entry_without_a_name_is_left_out_and_counted(tmp_path):
    path = tmp_path / "list.csv"
    path.write_text("id,name\n1,Ilse\n2,\n,Otto\n", encoding="utf-8")

    found = lists.read(path)

    assert ([each.number for each in found.entries], found.left_out) == (["1"], 2)


def test_every_name_of_an_entry_is_kept_however_many_there_are(tmp_path):
    aliases = [f"Ilse Vornhagen {n}" for n in range(300)]
    path = tmp_path / "list.csv"
    path.write_text(
        "id,schema,name\n" + "".join(f"13,Person,{name}\n" for name in aliases)
    )

    (found,) = lists.read(path).entries

    assert found.names == tuple(aliases)


def test_a_number_that_is_too_long_is_left_out_and_never_cut_to_another(tmp_path):
    numbers = ["N" * 80, "N" * 81, "N" * 82]
    path = tmp_path / "list.csv"
    path.write_text(
        "id,schema,name\n" + "".join(f"{each},Person,Ilse Vorn\n" for each in numbers)
    )

    found = lists.read(path)

    assert ([each.number for each in found.entries], found.left_out) == (["N" * 80], 2)


def test_an_entry_is_found_once_by_the_nearest_of_its_names():
    index = ListIndex(
        [Entry("1", "Person", ILSE), Entry("2", "Person", ILSE)], "Person"
    )

    found = index.near("Elsa Vornhagen")

    assert [(each.entry.number, each.name) for each in found] == [
        ("1", "Elsa Vornhagen"),
        ("2", "Elsa Vornhagen"),
    ]
    assert len(index.nearest("Elsa Vornhagen", top=1)) == 1


@pytest.mark.parametrize(
    ("born", "score", "said"),
    [
        ((), 1.0, None),
        (("1971",), 1.0, None),
        (("1971-02-03",), 1.0, "The day of birth is the same."),
        (("1985",), 0.8, "The births differ: 1985 and 1971-02-03."),
    ],
)
def test_a_birth_that_is_told_and_differs_lowers_the_score_and_says_so(
    born, score, said
):
    index = ListIndex([Entry("1", "Person", ILSE, ("1971-02-03",))], "Person")

    (found,) = index.near("Ilse Vornhagen", born)

    assert found.score.score == score
    assert said is None or said in str(found.score.sentence)
