"""SDMX-CSV and SDMX-ML through pysdmx, which comes with the extra ``sdmx``.

Nothing here reaches a network: texts are handed over as bytes, and the XML
schemas lie in the installed package.
"""

import csv
import importlib
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from armstrace.analysis.statistics.sdmx import checking
from armstrace.analysis.statistics.sdmx.checking import Observation
from armstrace.analysis.statistics.sdmx.structure import MEASURE, TIME, Structure
from armstrace.vocabulary.codes import Code
from armstrace.vocabulary.errors import InvalidInput, SourceUnavailable
from armstrace.vocabulary.messages import message
from armstrace.vocabulary.sentences import Sentences

SAID = Sentences(__package__)
LACKING = message(
    "SDMX needs the extra sdmx; install it with pip install '.[sdmx]' in the folder "
    "of Armstrace and run this again."
)
Foreign = Any  # of pysdmx, which is loaded when it is first needed
_NOTHING = frozenset({"", "nan", "None", "<NA>"})
_AROUND = frozenset(
    {"DATAFLOW", "STRUCTURE", "STRUCTURE_ID", "STRUCTURE_NAME", "ACTION"}
)
_MARKS = b"\xef\xbb\xbf \t\r\n"
_DTD = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)


class Layout(Code):
    """The two forms of a message; the value is the ending of its file."""

    CSV = "csv", "SDMX-CSV 1.0"
    XML = "xml", "SDMX-ML 2.1, structure-specific"


@dataclass(frozen=True, slots=True)
class Envelope:
    """What stands around the observations of an SDMX-ML message."""

    number: str
    sender: str
    # When, UTC.
    prepared_at: datetime
    is_test: bool = False


def write(
    observations: Sequence[Observation],
    structure: Structure,
    layout: Layout,
    *,
    envelope: Envelope,
) -> str:
    """Write a message, after its codes were checked.

    Raises:
        RuleBroken: ``SX-01`` to ``SX-06`` a code or value does not fit.
        SourceUnavailable: The extra ``sdmx`` is not installed.

    Source:
        SDMX-CSV 1.0; SDMX-ML 2.1.
    """
    checking.refuse(checking.findings(observations, structure))
    if layout is Layout.XML:
        return _ml(observations, structure, envelope, "DATA_SDMX_ML_2_1_STR")
    written = _part("pysdmx.io").write_sdmx(
        [_dataset(observations, structure)],
        _part("pysdmx.io.format").Format.DATA_SDMX_CSV_1_0_0,
    )
    return str(written)


def read(content: bytes) -> list[dict[str, str]]:
    """Read the observations of a message of any SDMX-CSV or SDMX-ML form.

    Raises:
        InvalidInput: It is no SDMX data message.
        SourceUnavailable: The extra ``sdmx`` is not installed.
    """
    rows = _csv_rows(content) if _is_csv(content) else _ml_rows(content)
    if not rows:
        msg = message("The message holds no observation; send an SDMX data message.")
        raise InvalidInput(msg, field="file")
    return rows


def validate(text: str) -> None:
    """Hold an SDMX-ML message against the XML schemas of SDMX.

    Raises:
        InvalidInput: It breaks the schema; the first fault is named.
        SourceUnavailable: The extra ``sdmx`` is not installed.

    Source:
        SDMX-ML 2.1 schemas. The schema of a structure-specific message is made
        from a full data structure; without it, the frame of the message is held
        against the schema and its observations by ``write_generic``.
    """
    _part("pysdmx.model")
    validation = _part("pysdmx.io.xml.doc_validation")
    errors = _part("pysdmx.errors")
    _refuse_dtd(text.encode())
    try:
        validation.validate_doc(text)
    except (errors.Invalid, SyntaxError) as why:
        first = str(why).split(";\n", maxsplit=1)[0]
        msg = SAID.say("BREAKS_SCHEMA", fault=first)
        raise InvalidInput(msg, field="file") from why


def write_generic(
    observations: Sequence[Observation], structure: Structure, envelope: Envelope
) -> str:
    """Write observations as generic data, which the schema checks to the end.

    Raises:
        SourceUnavailable: The extra ``sdmx`` is not installed.

    Source:
        SDMX-ML 2.1, generic data.
    """
    return _ml(observations, structure, envelope, "DATA_SDMX_ML_2_1_GEN")


def _is_csv(content: bytes) -> bool:
    return not content.lstrip(_MARKS).startswith((b"<", b"{"))


def _csv_rows(content: bytes) -> list[dict[str, str]]:
    """Read SDMX-CSV as text, so that 50.00 stays so and the code NA is no gap."""
    try:
        lines = csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""))
        rows = [dict(line) for line in lines]
    except (UnicodeDecodeError, csv.Error) as why:
        msg = SAID.say("UNREADABLE_CSV", fault=str(why))
        raise InvalidInput(msg, field="file") from why
    headings = set(lines.fieldnames or ())
    if not headings & {"DATAFLOW", "STRUCTURE_ID"}:
        msg = SAID.say("NOT_CSV")
        raise InvalidInput(msg, field="file")
    return [
        {name: value for name, value in row.items() if _is_told(name, value)}
        for row in rows
    ]


def _is_told(name: object, value: object) -> bool:
    return isinstance(name, str) and bool(value) and name not in _AROUND


def _ml_rows(content: bytes) -> list[dict[str, str]]:
    rows: list[dict[str, str]] = []
    for dataset in open_message(content).data or ():
        for record in dataset.data.astype(str).to_dict(orient="records"):
            whole = {**record, **dataset.attributes}
            rows.append(
                {str(k): str(v) for k, v in whole.items() if str(v) not in _NOTHING}
            )
    return rows


def open_message(content: bytes) -> Foreign:
    """Open a message as pysdmx reads it; entities are refused.

    Raises:
        InvalidInput: It is no SDMX message.
        SourceUnavailable: The extra ``sdmx`` is not installed.
    """
    _refuse_dtd(content)
    reader, errors = _part("pysdmx.io"), _part("pysdmx.errors")
    try:
        return reader.read_sdmx(io.BytesIO(content))
    except (errors.Invalid, errors.NotImplemented, SyntaxError, ValueError) as why:
        msg = SAID.say("UNREADABLE", fault=str(why))
        raise InvalidInput(msg, field="file") from why


def _ml(
    observations: Sequence[Observation],
    structure: Structure,
    envelope: Envelope,
    form: str,
) -> str:
    model = _part("pysdmx.model")
    header = _part("pysdmx.model.message").Header(
        id=envelope.number,
        test=envelope.is_test,
        prepared=envelope.prepared_at,
        sender=model.Organisation(id=envelope.sender),
    )
    written = _part("pysdmx.io").write_sdmx(
        [_dataset(observations, structure)],
        _part("pysdmx.io.format").Format[form],
        header=header,
        dimension_at_observation=TIME,
    )
    return str(written)


def _dataset(observations: Sequence[Observation], structure: Structure) -> Foreign:
    model = _part("pysdmx.model")
    ids = [each.id for each in structure.dimensions] + [MEASURE]
    ids += [
        each.id
        for each in structure.attributes
        if any(one.get(each.id) for one in observations)
    ]
    schema = model.Schema(
        context="dataflow",
        agency=structure.agency,
        id=structure.dataflow,
        version=structure.version,
        components=model.Components(_components(structure, ids)),
    )
    frame = _part("pandas").DataFrame(
        [[one.get(name, "") for name in ids] for one in observations],
        columns=ids,
        dtype="string",
    )
    return _part("pysdmx.io.pd").PandasDataset(structure=schema, data=frame)


def _components(structure: Structure, ids: Sequence[str]) -> list[Any]:
    model = _part("pysdmx.model")
    series = ",".join(each.id for each in structure.dimensions if each.id != TIME)
    found = [
        model.Component(each.id, True, model.Role.DIMENSION, model.Concept(each.id))  # noqa: FBT003 - their order
        for each in structure.dimensions
    ]
    measure = model.Concept(MEASURE)
    found.append(model.Component(MEASURE, True, model.Role.MEASURE, measure))  # noqa: FBT003 - their order
    found += [
        model.Component(
            each.id,
            each.is_required,
            model.Role.ATTRIBUTE,
            model.Concept(each.id),
            attachment_level=series if each.on_series else "O",
        )
        for each in structure.attributes
        if each.id in ids
    ]
    return found


def _refuse_dtd(content: bytes) -> None:
    if _DTD.search(content):
        msg = SAID.say("HAS_ENTITIES")
        raise InvalidInput(msg, field="file")


def _part(module: str) -> Foreign:
    """Load a part of pysdmx when it is first needed."""
    try:
        return importlib.import_module(module)
    except ImportError as why:
        raise SourceUnavailable(LACKING) from why
