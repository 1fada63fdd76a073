"""Cells of the return by their names, alone and in sentences."""

from collections.abc import Sequence
from dataclasses import replace

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from armstrace.analysis.statistics.questionnaire.declared import questionnaire
from armstrace.analysis.statistics.questionnaire.filled import WhyBlank, split_key
from armstrace.translation import translate
from armstrace.vocabulary.messages import Message, Parameter
from armstrace.vocabulary.recoveries import Acquisition

COLUMNS = {
    "TOTAL": _("Total"),
    "MALE": _("Male"),
    "FEMALE": _("Female"),
    "UNKNOWN": _("Unknown"),
    "TEXT": _("In words"),
    "OTHERWISE": _("On file otherwise"),
}


def column_words(code: str) -> str:
    if code in Acquisition.__members__:
        return gettext(Acquisition[code].label).capitalize()
    return str(COLUMNS.get(code, code))


def cell_words(key: str) -> str:
    """Name a cell by its table, row and column; the key where it is none.

    ``A!B`` names the records of A that are not in B.
    """
    first, *others = key.split("!")
    if others:
        left_out = gettext(" and ").join(cell_words(each) for each in others)
        said = gettext("%(cell)s, and not %(others)s")
        return said % {"cell": cell_words(first), "others": left_out}
    table_id, code, column = split_key(key)
    table = questionnaire().table(table_id)
    row = table.row(code) if table else None
    if row is None:
        return key
    return f"{table_id} {gettext(row.label)}, {column_words(column).lower()}"


def why_words(why: WhyBlank | None) -> str:
    if why is WhyBlank.ENTERED_BY_OTHERS:
        return gettext("to be entered")
    return gettext(why.label) if why else gettext("blank")


def table_title(table_id: str) -> str:
    table = questionnaire().table(table_id)
    return gettext(table.title) if table else ""


def row_words(code: str, table_id: str) -> str:
    table = questionnaire().table(table_id)
    row = table.row(code) if table else None
    return gettext(row.label) if row else code


def in_words(sentence: Message) -> str:
    """Say a sentence in the reader's language, its cells named as pages name them."""
    return translate(_with_cells(sentence))


def _with_cells(said: Message) -> Message:
    named = {name: _name_cell(value) for name, value in said.params.items()}
    return replace(said, params=named)


def _name_cell(value: Parameter) -> Parameter:
    if isinstance(value, Message):
        return _with_cells(value)
    if isinstance(value, str):
        return cell_words(value) if split_key(value)[0] else value
    if isinstance(value, Sequence):
        return [_name_cell(each) for each in value]
    return value
