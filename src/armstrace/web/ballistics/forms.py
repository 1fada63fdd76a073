"""What people fill in at the bench."""

import re
from collections.abc import Mapping
from dataclasses import asdict
from typing import ClassVar

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from armstrace.analysis.ballistics.regions import Ring
from armstrace.ballistics.inputs import (
    ClassInput,
    MarkInput,
    ReceivedScan,
    RescanInput,
    SearchInput,
)
from armstrace.ballistics.queries import MarkFilter, MarkRow
from armstrace.translation import translate
from armstrace.vocabulary.ballistics import (
    BreechFacePattern,
    FiringPinShape,
    Gallery,
    MarkOrigin,
    MarkType,
    RiflingTwist,
    Verdict,
)
from armstrace.vocabulary.codes import Code
from armstrace.vocabulary.errors import ArmstraceError
from armstrace.web import fields

OWNER = re.compile(r"\s*([RAra])\s*([0-9]{1,12})\s*")
ALL_DEG, NEAR_DEG = 180.0, 30.0
CODED: Mapping[str, type[Code]] = {
    "breech_face_pattern": BreechFacePattern,
    "firing_pin_shape": FiringPinShape,
    "rifling_twist": RiflingTwist,
}


class MarkFilters(fields.FilterForm[MarkFilter]):
    """What narrows the list of marks."""

    named: ClassVar = {"q": "text", "unchecked": "is_unchecked"}

    q = fields.mark(_("Mark, recovery, arm or label"), required=False)
    mark_type = fields.any_of(MarkType, _("Mark"))
    origin = fields.any_of(MarkOrigin, _("From"))
    calibre = fields.line(_("Calibre"), required=False)
    unchecked = forms.TypedChoiceField(
        label=_("Region"),
        required=False,
        choices=[("", _("any")), ("1", _("proposed, not yet checked"))],
        coerce=bool,
    )


class ClassForm(fields.DeskForm):
    """What a mark says of the class of arm."""

    fills: ClassVar[tuple[type | str, ...]] = ("ballistics.ClassCharacteristics",)
    calibre = fields.line(_("Calibre"), required=False)
    maker = fields.line(_("Maker of the arm"), required=False)
    ammunition = fields.line(_("Ammunition"), required=False)
    breech_face_pattern = fields.code(
        BreechFacePattern, _("Pattern of the breech face")
    )
    firing_pin_shape = fields.code(FiringPinShape, _("Shape of the firing pin"))
    rifling_grooves = forms.IntegerField(
        label=_("Grooves"), required=False, min_value=1, max_value=24
    )
    rifling_twist = fields.code(RiflingTwist, _("Twist"))

    def to_class(self) -> ClassInput:
        return self.build(ClassInput)


class DescribeForm(ClassForm):
    """The same, anew, with the reason that a correction needs."""

    reason = fields.line(_("Reason"))


class ScanForm(fields.DeskForm):
    """The file of a scan with what the instrument's papers say."""

    fills: ClassVar[tuple[type | str, ...]] = ("ballistics.Scan",)
    file = fields.file(_("Scan (X3P)"), ".x3p")
    calibrated_on = fields.day(
        _("Instrument calibrated on"),
        required=False,
        help_text=_("Only if the file does not say, or says otherwise."),
    )
    accepted_because = fields.line(
        _("Why the scan is accepted anyway"),
        required=False,
        help_text=_(
            "Only if its points differ from their checksum, or another exhibit has "
            "the same scan."
        ),
    )

    CONCERNED: ClassVar[Mapping[str, str]] = {
        "BL-01": "owner",
        "BL-02": "origin",
        "BL-03": "accepted_because",
        "BL-11": "accepted_because",
        "NotFound": "owner",
        "InvalidInput": "file",
    }

    def refuse(self, error: ArmstraceError) -> None:
        """Put a refusal beside the field that it concerns, or above the form."""
        name = getattr(error, "field", "") or self.CONCERNED.get(
            getattr(error, "rule", type(error).__name__), ""
        )
        self.add_error(name if name in self.fields else None, translate(error))

    def to_scan(self) -> ReceivedScan:
        file = self.cleaned_data["file"]
        return ReceivedScan(file.read(), file.name)


class RescanForm(ScanForm):
    """A new scan in the place of one, with the reason."""

    reason = fields.line(_("Reason"))

    def to_input(self, mark_id: int) -> RescanInput:
        return self.build(RescanInput, mark_id=mark_id, scan=self.to_scan())


class EnrolForm(ScanForm, ClassForm):
    """A mark to be enrolled."""

    fills: ClassVar = (
        "ballistics.ClassCharacteristics",
        "ballistics.BallisticMark",
        "ballistics.Scan",
    )
    FIRST = ("mark_type", "origin", "owner", "label", "fired_on")
    PAPERS = ("part_number", "calibrated_on", "accepted_because")
    GROUPS = (
        (_("The mark"), FIRST),
        (_("The part and the instrument"), PAPERS),
        (_("Class characteristics"), tuple(ClassForm.base_fields)),
    )
    field_order = ("file", *FIRST, *PAPERS)
    named: ClassVar = {"part_number": "part_number_as_marked"}

    mark_type = fields.code(MarkType, _("Mark"))
    origin = fields.code(MarkOrigin, _("From"))
    owner = fields.mark(
        _("Recovery or registered arm"),
        20,
        help_text=_("Such as R12, or A7 for a test fire of a registered arm."),
    )
    label = fields.line(_("Number at the laboratory"), required=False)
    fired_on = fields.day(_("Test-fired on"), required=False)
    part_number = fields.mark(
        _("Number on the part that left the mark"),
        required=False,
        help_text=_("On the slide, barrel or firing pin that was fitted."),
    )

    def clean_owner(self) -> tuple[str, int]:
        """Read R or A and a number."""
        found = OWNER.fullmatch(self.cleaned_data["owner"])
        if not found:
            raise forms.ValidationError(
                gettext(
                    "Write R and the number of a recovery, or A and that of an arm."
                )
            )
        return found[1].upper(), int(found[2])

    def to_input(self) -> MarkInput:
        kind, number = self.cleaned_data["owner"]
        owner = {"recovery_id" if kind == "R" else "arm_id": number}
        return self.build(MarkInput, described=self.to_class(), **owner)


class RegionForm(fields.DeskForm):
    """The ring that is compared, in millimetres."""

    centre_x = forms.FloatField(label=_("Centre from the left, mm"))
    centre_y = forms.FloatField(label=_("Centre from the top, mm"))
    outer = forms.FloatField(label=_("Outer radius, mm"), min_value=0.01)
    pin = forms.FloatField(label=_("Firing-pin radius, mm"), min_value=0)
    reason = fields.line(_("Reason"), required=False)

    def __init__(
        self, data: object = None, *, initial: Mapping[str, object] | None = None
    ) -> None:
        super().__init__(data, initial=initial)
        for name in ("centre_x", "centre_y", "outer", "pin"):
            self.fields[name].widget.attrs |= {"step": "0.01", "data-ring": name}

    def ring(self) -> Ring:
        """Give the region in metres."""
        given = self.cleaned_data
        names = ("centre_x", "centre_y", "outer", "pin")
        return Ring(*(given[name] / 1e3 for name in names))


class CompareForm(fields.DeskForm):
    """The other mark."""

    other = fields.RecordNumber(
        "B",
        label=_("Compare with mark"),
        error_messages={"invalid": _("Write the number of a mark, like B12.")},
    )


class SearchForm(fields.DeskForm):
    """Among which marks, and what narrows them; each filter can be switched off."""

    gallery = fields.code(Gallery, _("Among"))
    reach = forms.ChoiceField(
        label=_("Orientations"),
        choices=[("180", _("all")), ("30", _("as placed, 30° to each side"))],
    )
    closer = forms.IntegerField(
        label=_("Compare in full"),
        min_value=0,
        max_value=100,
        initial=10,
        help_text=_("How many of the first are compared in both directions."),
    )

    def __init__(self, data: object, *, probe: MarkRow) -> None:
        super().__init__(data)
        self.probe = probe
        for name, known in self._known().items():
            words = gettext(known.label) if isinstance(known, Code) else known
            self.fields[f"only_{name}"] = forms.BooleanField(
                label=words, required=False
            )

    def _known(self) -> dict[str, str | Code]:
        told = asdict(self.probe.described)
        known = {name: told[name] for name in ("calibre", *CODED)}
        return {name: v for name, v in known.items() if v not in {"", "UNKNOWN"}}

    @property
    def switches(self) -> list[forms.BoundField]:
        """Give the filters that this mark allows."""
        return [self[name] for name in self.fields if name.startswith("only_")]

    def to_input(self) -> SearchInput:
        given, known = self.cleaned_data, self._known()
        kept = {name: v for name, v in known.items() if given.get(f"only_{name}")}
        return SearchInput(
            probe_id=self.probe.mark_id,
            gallery=Gallery(given["gallery"]),
            reach_deg=ALL_DEG if given["reach"] == "180" else NEAR_DEG,
            compare_closer=given["closer"],
            **kept,  # type: ignore[arg-type]
        )


class VerdictForm(fields.DeskForm):
    """A conclusion and what decided it."""

    fills: ClassVar = ("ballistics.Conclusion",)
    verdict = fields.code(Verdict, _("Conclusion"), empty=_("choose"))
    reason = fields.lines(_("What decided it"), rows=3)


class UnlinkForm(fields.ReasonForm):
    """Why a link no longer stands; ``comparison`` is the page it is sent from."""

    comparison = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: object, *, link_id: int, comparison: int = 0) -> None:
        first = {"comparison": comparison or None}
        super().__init__(data, initial=first, auto_id=f"unlink-{link_id}-%s")
        self.link_id = link_id


class ReferenceForm(fields.DeskForm):
    """A score table of one's own."""

    file = fields.file(_("Score table (JSON)"), ".json")
    reason = fields.line(
        _("Reason"),
        required=False,
        help_text=_("Only if it replaces a set of the same name."),
    )
