"""The page that checks certificates without a network, and what goes with it."""

import io
import zipfile
from collections.abc import Iterable
from pathlib import Path

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext

from armstrace.analysis.certificates import checking, envelope
from armstrace.analysis.certificates.envelope import IssuerKey
from armstrace.vocabulary.certificates import CertificateKind
from armstrace.vocabulary.codes import Code
from armstrace.vocabulary.licensing import LicenceType

# Reads codes in pictures; the page holds it, since a browser may have no reader.
READER = Path(__file__).parents[1] / "static" / "vendor" / "jsqr" / "jsQR.js"
LISTS: tuple[type[Code], ...] = (CertificateKind, LicenceType)


def bundle(trust: str) -> bytes:
    """Pack the page, which holds the keys, and the lists that it loads, for a stick.

    Args:
        trust: The file of keys and lists.
    """
    keys = checking.read_trust(trust).keys.values()
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("verify.html", _page(keys))
        book.writestr("trust.js", trust)
    return packed.getvalue()


def _page(keys: Iterable[IssuerKey]) -> str:
    words = {}
    for code, _ in settings.LANGUAGES:
        with translation.override(code):
            words[code] = _words()
    context = {
        "words": words,
        "languages": settings.LANGUAGES,
        "keys": [envelope.jwk_of(each) for each in keys],
        "reader": READER.read_text(encoding="utf-8"),
    }
    return render_to_string("certificates/verifier.html", context)


def _words() -> dict[str, str]:
    """Give what the page says in the language that is active."""
    answers = {key: gettext(said.template) for key, said in checking.ANSWERS.items()}
    codes = {each.value: gettext(each.label) for one in LISTS for each in one}
    return (
        codes
        | answers
        | {
            "language": gettext("Language"),
            "heading": gettext("Check a certificate"),
            "compare": gettext(
                "Compare what is shown with the paper, and the name with the person."
            ),
            "code": gettext("Text of the code"),
            "check": gettext("Check"),
            "file": gettext(
                "Or a file: a certificate, a picture of its code, a new list"
            ),
            "cannot": gettext(
                "This browser cannot check signatures; open the page with a newer one."
            ),
            "no_code": gettext(
                "No code can be read in this picture, so nothing was checked; take a "
                "sharper one of the code alone, or scan the code."
            ),
            "no_signature": gettext(
                "This PDF was not signed as a file, so nothing was checked; check a "
                "picture of the code on it."
            ),
            "damaged": gettext(
                "This file of lists is damaged; get it again. The one before is still "
                "in use."
            ),
            "lists": gettext("Lists of revoked certificates:"),
            "no_lists": gettext("none"),
            "no_file": gettext(
                "The file trust.js is not beside this page, so it knows no revoked "
                "certificate. Put both files in one folder, or choose the file above."
            ),
            "older": gettext(
                "The list of the file is older than the one in use, which stays in use."
            ),
            "nothing": gettext("The file holds no list, so nothing of it is used."),
            "taken": gettext("The lists of the file are in use now."),
            "strange": gettext(
                "The file names keys that did not come with this page, so nothing of "
                "it is used. Get this page and its files anew from the office."
            ),
            "number": gettext("Number"),
            "kind": gettext("Kind"),
            "allows": gettext("What it allows"),
            "of": gettext("Of"),
            "name": gettext("Name"),
            "issued": gettext("Issued on"),
            "until": gettext("Valid until"),
        }
    )
