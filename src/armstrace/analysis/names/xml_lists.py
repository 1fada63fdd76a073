"""Read the lists that the UN, the EU and OFAC publish as XML."""

import codecs
import re
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from xml.etree import ElementTree

from armstrace.analysis.names.entries import Entry, schema_of

HEAD = 4096
UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_DTD = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)

type Read = tuple[str, Iterator[Entry]]
"""The day of publication, where it is told, and the entries."""


def _elements(path: Path, *names: str) -> Iterator[ElementTree.Element]:
    """Give the root when it opens, then each element of these names when it ends."""
    content = path.read_bytes()
    if content.startswith(UTF_16):
        content = content.decode("utf-16").encode()
    if _DTD.search(content) or b"\x00" in content[:HEAD]:
        raise ValueError(path.name)  # entities are refused before anything is read
    root = None
    for event, element in ElementTree.iterparse(path, ("start", "end")):  # noqa: S314 -- refused above
        if root is None:
            root = element
            yield root
        elif event == "end" and _local(element) in names:
            yield element
            root.clear()


def _local(element: ElementTree.Element) -> str:
    return element.tag.rpartition("}")[2]


def _texts(element: ElementTree.Element, *paths: str) -> list[str]:
    found = chain.from_iterable(element.iterfind(path) for path in paths)
    return [(each.text or "").strip() for each in found]


def read_un(path: Path) -> Read:
    """Read the consolidated list of the Security Council."""
    elements = _elements(path, "INDIVIDUAL", "ENTITY")
    version = next(elements).get("dateGenerated", "")[:10]
    return version, map(_un_entry, elements)


def _un_entry(element: ElementTree.Element) -> Entry:
    parts = ("FIRST_NAME", "SECOND_NAME", "THIRD_NAME", "FOURTH_NAME")
    proper = " ".join(chain.from_iterable(_texts(element, part) for part in parts))
    kind = element.tag
    births = f"{kind}_DATE_OF_BIRTH"
    return Entry(
        number=next(iter(_texts(element, "REFERENCE_NUMBER", "DATAID")), ""),
        schema=schema_of(kind),
        names=(
            proper,
            *_texts(element, f"{kind}_ALIAS/ALIAS_NAME", "NAME_ORIGINAL_SCRIPT"),
        ),
        born=tuple(_texts(element, f"{births}/DATE", f"{births}/YEAR")),
        countries=tuple(_texts(element, "NATIONALITY/VALUE")),
    )


def read_eu(path: Path) -> Read:
    """Read the financial sanctions of the European Union."""
    elements = _elements(path, "sanctionEntity")
    version = next(elements).get("generationDate", "")[:10]
    return version, map(_eu_entry, elements)


def _eu_entry(element: ElementTree.Element) -> Entry:
    def values(name: str, *attributes: str) -> tuple[str, ...]:
        found = element.iterfind(f"{{*}}{name}")
        return tuple(
            next(filter(None, map(each.get, attributes)), "") or "" for each in found
        )

    return Entry(
        number=element.get("euReferenceNumber") or element.get("logicalId") or "",
        schema=schema_of(
            "".join(values("subjectType", "classificationCode", "code")[:1])
        ),
        names=values("nameAlias", "wholeName"),
        born=values("birthdate", "birthdate", "year"),
        countries=values("citizenship", "countryIso2Code"),
    )


def read_ofac(path: Path) -> Read:
    """Read the specially designated nationals of OFAC."""
    elements = _elements(path, "publshInformation", "sdnEntry")
    next(elements)
    head = next(elements)
    day = next(iter(_texts(head, "{*}Publish_Date")), "")
    month, date, year = (*day.split("/"), "", "")[:3]
    return (f"{year}-{month}-{date}" if year else ""), map(_ofac_entry, elements)


def _ofac_entry(element: ElementTree.Element) -> Entry:
    akas = element.iterfind("{*}akaList/{*}aka")
    births = "{*}dateOfBirthList/{*}dateOfBirthItem/{*}dateOfBirth"
    return Entry(
        number="".join(_texts(element, "{*}uid")),
        schema=schema_of("".join(_texts(element, "{*}sdnType"))),
        names=tuple(
            " ".join(_texts(each, "{*}firstName") + _texts(each, "{*}lastName"))
            for each in (element, *akas)
        ),
        born=tuple(_texts(element, births)),
        countries=tuple(
            _texts(element, "{*}nationalityList/{*}nationality/{*}country")
        ),
    )
