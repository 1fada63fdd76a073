"""Several files in one box: each is taken or refused by itself."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from django import forms
from django.conf import settings
from django.core.files.base import File
from django.utils.translation import gettext_lazy as _

from armstrace.licensing.inputs import FileInput
from armstrace.translation import translate
from armstrace.vocabulary.errors import InvalidInput

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise


class SeveralFiles(forms.FileInput):
    """A box that takes several files at once."""

    allow_multiple_selected = True


class Documents(forms.FileField):
    """Documents that are handed in together."""

    def __init__(self, label: "_StrOrPromise", *, required: bool = True) -> None:
        box = SeveralFiles({"accept": ".pdf,image/*"})
        hint = _("Several files may be chosen at once.")
        super().__init__(label=label, required=required, help_text=hint, widget=box)

    def clean(
        self, data: Sequence[File[bytes]] | None, initial: object = None
    ) -> list[File[bytes]]:
        """Give the files; none at all is refused where one is needed."""
        if not data:
            super().clean(None, initial)
        return list(data or ())


def hand_in[T](form: forms.Form, act: Callable[[FileInput], T]) -> Sequence[T]:
    """Hand in the files of a form; one that is refused leaves the others kept.

    Args:
        form: Its page names what was kept where something is refused.
        act: What is done with each.

    Raises:
        InvalidInput: Some are refused; it names each.
    """
    made, refused, kept = [], [], []
    for file in form.cleaned_data["file"]:
        name = file.name or ""
        try:
            made.append(act(FileInput(file.read(), name, settings.MEDIA_ROOT)))
            kept.append(name)
        except InvalidInput as error:
            if error.field not in {"", "file"}:
                raise
            refused.append(f"{name}: {translate(error)}")
    if refused:
        form.kept = ", ".join(kept)  # type: ignore[attr-defined]
        raise InvalidInput(" ".join(refused), field="file")
    return made
