"""A full data structure from a file that the user supplies."""

from armstrace.analysis.statistics.sdmx import messages
from armstrace.analysis.statistics.sdmx.structure import (
    TIME,
    Component,
    Structure,
    built_in,
)
from armstrace.vocabulary.errors import InvalidInput
from armstrace.vocabulary.sentences import Sentences

SAID = Sentences(__package__)


def read_structure(content: bytes) -> Structure:
    """Read a full SDG data structure, with its code lists, from a file.

    Args:
        content: An SDMX-ML 2.1 or 3.x, or SDMX-JSON 2.x, structure message.

    Raises:
        InvalidInput: It is no structure message, or lacks code lists.
        SourceUnavailable: The extra ``sdmx`` is not installed.

    Source:
        SDMX 2.1 and 3.0, structure messages.
    """
    file = messages.open_message(content)
    found = _structures(file)
    if not found:
        msg = SAID.say("NO_STRUCTURE")
        raise InvalidInput(msg, field="structure")
    chosen = next((each for each in found if each.id == "SDG"), found[0])
    known = built_in()
    dimensions = [_component(each) for each in chosen.components.dimensions]
    dimensions.sort(key=lambda each: each.id == TIME)
    bare = [each.id for each in dimensions if each.codes is None and each.id != TIME]
    if bare:
        msg = SAID.say("NO_CODE_LIST", names=bare)
        raise InvalidInput(msg, field="structure")
    return Structure(
        agency=str(getattr(chosen.agency, "id", chosen.agency)),
        dataflow=_dataflow(file, known.dataflow),
        version=str(chosen.version),
        dimensions=tuple(dimensions),
        attributes=tuple(_component(each) for each in chosen.components.attributes),
        allowed=known.allowed,
        is_whole=True,
    )


def _structures(file: messages.Foreign) -> tuple[messages.Foreign, ...]:
    if not file.structures:
        return ()
    return tuple(file.get_data_structure_definitions())


def _dataflow(file: messages.Foreign, wanted: str) -> str:
    """Take the national dataflow where the file names it, else its first one."""
    names = [str(each.id) for each in file.get_dataflows()]
    return wanted if wanted in names or not names else names[0]


def _component(each: messages.Foreign) -> Component:
    codes = each.enumeration
    level = str(each.attachment_level or "")
    return Component(
        id=str(each.id),
        codes=None if codes is None else frozenset(str(code.id) for code in codes),
        is_required=bool(each.required),
        on_series=level not in {"", "O", "D"},
    )
