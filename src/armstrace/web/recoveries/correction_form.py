"""The form of a correction: what was seen travels with it."""

from collections.abc import Mapping
from dataclasses import dataclass

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from armstrace.recoveries.fields import Changes, changes_of, days_of
from armstrace.translation import write_list
from armstrace.web import fields
from armstrace.web.recoveries.forms import RecoveryForm

type Values = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Versions:
    """What the person saw, and what is on record now."""

    # The fields as they stood when the form was opened.
    seen: Values
    # The fields as they stand.
    now: Values
    # Key of the version that is current.
    version: int
    # Whether the record was corrected since the form was opened.
    is_stale: bool = False


class CorrectionForm(RecoveryForm):
    """A recovery as it is known, with the reason that every correction needs.

    It sends on what differs from what the person saw. Where somebody else has
    corrected the record since, nothing is saved: what they changed is shown beside
    what was typed, and the form goes on from the record as it is now. A person whose
    name was not disclosed is no field of it, and stays as they are.
    """

    GROUPS = (
        *RecoveryForm.GROUPS,
        (_("Why the record is corrected"), ("reason",)),
    )
    IDENTITY = ("number", "item_kind", "part_type", "ammunition_kind", "quantity")
    WHEN = frozenset({"recovered_on", "recovered_within"})
    OWN = frozenset({"reason", "version", "is_named"})

    # Whether the item was handed in without a name.
    is_nameless = False
    reason = fields.correction_reason()
    version = forms.IntegerField(
        widget=forms.HiddenInput(),
        error_messages={"required": _("Open the form again from the page.")},
    )

    def __init__(self, data: QueryDict | None, *, versions: Versions) -> None:
        self.versions = versions
        if data is not None and versions.is_stale:
            data = self._brought_up(data)
        super().__init__(data, initial={**versions.now, "version": versions.version})
        for name in self.IDENTITY:
            del self.fields[name]
        if "taken_from" not in versions.now:
            del self.fields["taken_from"]

    def clean(self) -> None:
        """Refuse to write over what somebody else has corrected since."""
        super().clean()
        if not self.versions.is_stale:
            return
        self.add_error(
            None,
            gettext(
                "Someone has corrected this record since you opened the form. Check "
                "the fields that are marked, and send it again."
            ),
        )
        for name in self._fields_changed():
            said = gettext("This was “%(before)s” and is “%(now)s” on record now.")
            shown = {
                "before": self._words(name, self.versions.seen.get(name)),
                "now": self._words(name, self.versions.now.get(name)),
            }
            self.add_error(name, said % shown)

    def changes(self) -> Changes:
        """Give the fields that were changed; a field that was not sent stays."""
        changed = {name for name in self.fields if self._is_changed(name)}
        days = days_of(self.recovered) if changed & self.WHEN else {}
        names = changed - self.WHEN
        return changes_of({name: self.cleaned_data[name] for name in names} | days)

    def _is_changed(self, name: str) -> bool:
        widget = self.fields[name].widget
        if name in self.OWN or widget.value_omitted_from_data(
            self.data, self.files, name
        ):
            return False
        return _plain(self.cleaned_data[name]) != _plain(self.versions.seen.get(name))

    def _fields_changed(self) -> list[str]:
        seen, now = self.versions.seen, self.versions.now
        return [
            name
            for name in self.fields
            if name in now and _plain(seen.get(name)) != _plain(now[name])
        ]

    def _brought_up(self, data: QueryDict) -> QueryDict:
        """Keep what was typed; let the other fields read as they do now."""
        sent = data.copy()
        sent["version"] = str(self.versions.version)
        for name, value in self.versions.now.items():
            was = self.versions.seen.get(name)
            is_listed = isinstance(value, list | tuple)
            typed = [one for one in data.getlist(name) if one] if is_listed else None
            given = typed if is_listed else data.get(name, "")
            if name in data and _as_sent(given) == _as_sent(was):
                sent.setlist(name, _as_list(value))
        return sent

    def _words(self, name: str, value: object) -> str:
        if isinstance(value, list | tuple):
            return write_list(self._words(name, each) for each in value)
        choices = dict(getattr(self.fields[name], "choices", ()))
        return str(choices.get(value, "" if value is None else value)) or "—"


def _plain(value: object) -> object:
    """Leave out what a browser changes by itself: ends of lines, outer spaces."""
    if isinstance(value, str):
        return " ".join(value.split())
    return sorted(value) if isinstance(value, list | tuple) else value


def _as_sent(value: object) -> object:
    return _plain(value if isinstance(value, list | tuple) else _as_list(value)[0])


def _as_list(value: object) -> list[str]:
    listed = value if isinstance(value, list | tuple) else [value]
    return ["" if each is None else str(each) for each in listed]
