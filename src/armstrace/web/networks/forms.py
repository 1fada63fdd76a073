"""What is asked of the network: around which record, how far, until when."""

import re
from collections.abc import Iterable

from django import forms
from django.utils.translation import gettext_lazy as _

from armstrace.analysis.networks.graph import Graph
from armstrace.analysis.networks.narrowing import Narrowing, RestsOn
from armstrace.vocabulary.networks import MOST_OF_A_NETWORK, LinkKind, NodeKind
from armstrace.web import fields

BASIS = [
    (RestsOn.BOTH.value, _("both")),
    (RestsOn.COMPUTED.value, _("computed")),
    (RestsOn.ASSERTED.value, _("asserted")),
]
FAR = [("", _("automatic")), ("1", "1"), ("2", "2"), ("3", "3")]
SPLIT = re.compile(r"[\s,;]+")


class NetworkFilters(fields.DeskForm):
    """A neighbourhood: its middle and what of it is wanted."""

    of = fields.line(_("Record"), 250)
    hops = forms.ChoiceField(label=_("Links away"), choices=FAR, required=False)
    basis = forms.ChoiceField(label=_("Links"), choices=BASIS, required=False)
    since = fields.day(_("From"), required=False)
    until = fields.day(_("Until"), required=False)
    links = forms.MultipleChoiceField(
        label=_("Kinds of links"),
        choices=fields.codes(LinkKind),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    kinds = forms.MultipleChoiceField(
        label=_("Kinds of records"),
        choices=fields.codes(NodeKind),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    @property
    def keys(self) -> tuple[str, ...]:
        """Give the records in the middle, as their numbers are written."""
        return keys_in(self.cleaned_data["of"])

    @property
    def far(self) -> int | None:
        """Give how many links away; None where nobody said."""
        said = self.cleaned_data["hops"]
        return int(said) if said else None

    @property
    def is_of_days(self) -> bool:
        """Tell whether only what was within some days is asked for."""
        return bool(self.cleaned_data["since"] or self.cleaned_data["until"])

    def narrowing(self) -> Narrowing:
        said = self.cleaned_data
        return Narrowing(
            frozenset(map(LinkKind, said["links"])),
            frozenset(map(NodeKind, said["kinds"])),
            RestsOn(said["basis"] or RestsOn.BOTH),
            said["since"],
            said["until"],
        )

    def offer(self, graph: Graph) -> None:
        """Offer the kinds that there are, and those that were chosen."""
        self._offer("links", LinkKind, (edge.kind for edge in graph.edges))
        self._offer("kinds", NodeKind, (node.kind for node in graph.nodes))

    def _offer(
        self, name: str, listed: type[LinkKind | NodeKind], found: Iterable[str]
    ) -> None:
        wanted = {*found, *self.cleaned_data.get(name, ())}
        field = self.fields[name]
        assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101 - for types
        field.choices = [each for each in fields.codes(listed) if each[0] in wanted]


class PathForm(fields.DeskForm):
    """Two records, and over which links a way may lead."""

    one = fields.line(_("From record"), 30)
    other = fields.line(_("To record"), 30)
    basis = forms.ChoiceField(label=_("Links"), choices=BASIS, required=False)

    def question(self) -> tuple[str, str, RestsOn]:
        """Give the two numbers as they are written, and which links count."""
        said = self.cleaned_data
        one, other = (said[name].strip().upper() for name in ("one", "other"))
        return one, other, RestsOn(said["basis"] or RestsOn.BOTH)


class OverviewForm(fields.DeskForm):
    """On which links communities rest."""

    basis = forms.ChoiceField(label=_("Links"), choices=BASIS, required=False)


def keys_in(text: str) -> tuple[str, ...]:
    """Give the numbers in a text, as they are written: R12 A5."""
    found = (each.upper() for each in SPLIT.split(text.strip()) if each)
    return tuple(dict.fromkeys(found))[:MOST_OF_A_NETWORK]
