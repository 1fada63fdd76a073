"""Consultations as pages and files show them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _

from armstrace.audit import consulted, unusual
from armstrace.audit.declarations import apps_declared
from armstrace.translation import translate, write_list
from armstrace.vocabulary.actors import Purpose, Role
from armstrace.vocabulary.acts import LedgerAct
from armstrace.vocabulary.codes import Code
from armstrace.vocabulary.ledger import Operation
from armstrace.web import record_numbers
from armstrace.web.lists import exports

TABLES = {
    "recoveries.recovery": _("recoveries"),
    "recoveries.recoveryrecord": _("persons named in a recovery"),
    "recoveries.ammunitionrecord": _("ammunition"),
    "recoveries.partrecord": _("parts"),
    "registry.arm": _("registered arms"),
    "registry.armrecord": _("records of registered arms"),
    "registry.lifeevent": _("events of arms"),
    "registry.lossreport": _("reports of loss"),
    "licensing.licence": _("licences"),
    "custody.exhibit": _("exhibits"),
    "custody.custodyevent": _("steps of custody"),
    "custody.store": _("stores"),
    "custody.count": _("counts"),
    "tracing.trace": _("traces"),
    "ballistics.comparison": _("comparisons"),
    "ballistics.searchrun": _("searches of marks"),
    "licensing.holder": _("holders by number"),
    "licensing.holderrecord": _("holders by name"),
    "ballistics.ballisticmark": _("ballistic marks"),
    "intake.heldrow": _("held rows"),
    "intake.batch": _("loaded files"),
    "evidence.storedfile": _("files"),
    "accounts.user": _("accounts"),
    "accounts.accountchange": _("changes to accounts"),
    "accounts.agency": _("agencies"),
    "accounts.lawversion": _("legal profiles"),
    "accounts.apitoken": _("tokens"),
    "intake.chunk": _("parts of loaded files"),
    "intake.columnprofile": _("column profiles"),
    "indicators.figure": _("figures"),
    "indicators.return": _("returns"),
    "recoveries.candidatejudgement": _("decisions on candidates"),
    "recoveries.pairjudgement": _("decisions on pairs"),
    "recoveries.recoveryphotograph": _("photographs"),
    "recoveries.observedmark": _("further marks"),
    "recoveries.resighting": _("proposed repeats"),
    "recoveries.matchingrun": _("matching runs"),
    "recoveries.matchingresult": _("matching results"),
    "registry.mark": _("marks of arms"),
    "registry.part": _("parts of arms"),
    "registry.matchingtuning": _("tunings of matching"),
    "registry.tuninginuse": _("tunings in use"),
    "tracing.tracedecision": _("decisions on traces"),
    "tracing.tracefinding": _("findings of traces"),
    "tracing.chaingap": _("gaps in chains"),
    "tracing.assignment": _("assignments of work"),
    "tracing.savedfilter": _("saved filters"),
    "intelligence.subject": _("subjects"),
    "intelligence.link": _("links"),
    "investigations.case": _("cases"),
    "risk.declaration": _("declarations"),
    "risk.earlywarning": _("early warnings"),
    "techniques.operation": _("operations"),
    "procedures.step": _("steps"),
    "licensing.application": _("applications for licences"),
    "licensing.applicationdocument": _("documents of applications"),
    "transfers.authorisation": _("authorisations of transfers"),
    "transfers.consignment": _("consignments"),
    "transfers.paper": _("documents of transfers"),
    "vetting.vettingrequest": _("requests for vetting"),
    "vetting.hit": _("names similar to an entry on a list"),
    "vetting.refusal": _("refusals of other States"),
    "certificates.certificate": _("certificates"),
    "collection.campaign": _("collection campaigns"),
    "collection.handin": _("arms handed in"),
    "deactivations.deactivation": _("deactivations"),
    "disposal.lot": _("lots of destruction"),
    "stockpiles.depot": _("stores of State arms"),
    "stockpiles.lot": _("ammunition lots"),
    "stockpiles.paper": _("issues and returns"),
    "stockpiles.stockcount": _("counts of stores"),
    "stockpiles.stockedarm": _("arms in stores"),
    "investigations.caseentry": _("entries of cases"),
    "risk.examinationlist": _("lists for examination"),
    "retention.erasure": _("erasures"),
    "retention.legalhold": _("legal holds"),
}

NAMES = {
    "seq": _("Entry"),
    "act": _("What was done"),
    "actor": _("Who"),
    "agency": _("Agency"),
    "role": _("Role"),
    "purpose": _("Purpose"),
    "operation": _("How"),
    "subjects": _("Records"),
    "codes": _("Also said"),
    "remarks": _("Said of a record"),
}

CODES: dict[str, type[Code]] = {
    "operation": Operation,
    "purpose": Purpose,
    "role": Role,
}


@dataclass(frozen=True, slots=True)
class Shown:
    """A record or a number of them that a consultation showed."""

    # The record's number, or how many of which table.
    words: str
    # The record's page; "" where it has none.
    address: str = ""


@dataclass(frozen=True, slots=True)
class RowShown:
    """A consultation in a list."""

    row: consulted.ConsultationRow
    # The way of looking, in words.
    how: str
    # The record whose own page was opened, if any.
    opened: Shown | None
    beside: tuple[Shown, ...]


def row(found: consulted.ConsultationRow) -> RowShown:
    """Give a consultation as a list shows it."""
    named = identity_of(found.opened)
    opened = Shown(reference_of(*named), address_of(*named)) if named else None
    return RowShown(
        row=found,
        how=gettext(found.kind.label if found.kind else LedgerAct.words(found.act)),
        opened=opened,
        beside=tuple(Shown(count_in_words(*each)) for each in found.shown),
    )


def entry_told(told: Iterable[tuple[str, object]]) -> list[tuple[str, list[Shown]]]:
    """Give what an entry says, in the words of a page; its moment stands apart."""
    said = dict(told)
    is_assumed = bool(said.get("purpose_assumed"))
    shown = {name: _told(name, said.get(name)) for name in NAMES}
    if is_assumed:
        shown["purpose"].append(Shown(pgettext("purpose", "not chosen")))
    return [(str(NAMES[name]), parts) for name, parts in shown.items()]


def _told(name: str, value: object) -> list[Shown]:
    if isinstance(value, list | dict):
        return list(_each(name, value))
    if name == "act":
        return [Shown(gettext(LedgerAct.words(str(value))))]
    if (codes := CODES.get(name)) and str(value) in list(codes):
        return [Shown(gettext(codes(str(value)).label))]
    return [Shown(str(value))] if value not in (None, "") else []


def _each(name: str, value: object) -> Iterable[Shown]:
    match name, value:
        case "subjects" | "remarks", list(items):
            return map(_item, items)
        case "codes", dict(codes):
            return (
                _code(*each) for each in sorted(codes.items()) if each[1] is not None
            )
    return [Shown(str(value))]


def _item(item: object) -> Shown:
    """Say what an entry says of one table or record; as it stands if it was altered."""
    match item:
        case {"table": str(table), "count": int(count)}:
            return Shown(count_in_words(table, count))
        case [str(label), int(key), dict(said)]:
            return _remark(label, key, said)
    return Shown(str(item))


def _code(name: str, value: object) -> Shown:
    named = identity_of(str(value).lower()) if name == "opened" else None
    words = {
        "opened": gettext("record opened"),
        "route": gettext("page"),
        "token": gettext("token"),
        "count": gettext("records"),
    }.get(name, name.replace("_", " "))
    if named is None:
        return Shown(f"{words}: {value}")
    return Shown(f"{words}: {reference_of(*named)}", address_of(*named))


def _remark(label: str, key: int, said: Mapping[str, object]) -> Shown:
    words = write_list(f"{name.replace('_', ' ')} {said[name]}" for name in said)
    return Shown(f"{reference_of(label, key)}: {words}", address_of(label, key))


def count_in_words(table: str, count: int) -> str:
    """Say how many records of a table, or of its area where it has no words."""
    return f"{TABLES.get(table) or area_of(table)}: {count}"


def area_of(table: str) -> str:
    """Give the area of the pages that a table belongs to, in the reader's words."""
    wanted = table.partition(".")[0]
    found = next((app for app in apps_declared() if app.label == wanted), None)
    return translate(found.area.name) if found and found.area else table


def _opening_words(found: consulted.ConsultationRow) -> str:
    named = identity_of(found.opened)
    return reference_of(*named) if named else ""


EXPORTED: exports.Columns = {
    "entry": "seq",
    "when_utc": lambda row: row.at.isoformat(),
    "who": "actor",
    "agency": "agency",
    "role": "role",
    "purpose": "purpose",
    "purpose_chosen": lambda row: not row.is_purpose_assumed,
    "how": "kind",
    "act": "act",
    "opened": _opening_words,
    "shown": lambda row: write_list(f"{table} {count}" for table, count in row.shown),
    "reason": "reason",
    "token": "token",
}


def identity_of(opened: str) -> tuple[str, int] | None:
    """Read the table and key that a consultation says was opened."""
    label, _, key = opened.rpartition(".")
    return (label, int(key)) if label and key.isdecimal() else None


def reference_of(label: str, key: int) -> str:
    """Give the number of a record as people write it."""
    number = record_numbers.number_of(label)
    if number is None or not number.letter:
        return count_in_words(label, key)
    return number.written(key)


def address_of(label: str, key: int) -> str:
    """Give the page of a record; "" where it has none of its own."""
    number = record_numbers.number_of(label)
    return reverse(number.url_name, args=[key]) if number else ""


def limits() -> dict[str, object]:
    """Give the limits of the signs, for the page that explains them."""
    return {
        "records": unusual.MANY_RECORDS,
        "times": unusual.TIMES_USUAL,
        "from": unusual.NIGHT_BEGINS,
        "until": unusual.NIGHT_ENDS,
        "neighbours": unusual.NEIGHBOURS,
    }
