"""What of an import licence is left, in words."""

from django.utils.translation import gettext

from armstrace.transfers.queries import AuthorisationPage


def drawn(page: AuthorisationPage, place: int, quantity: int | None) -> str:
    """Say what is drawn of an import licence and what is left; empty of others.

    Args:
        place: Of the document on file.
        quantity: That it is for; None where it does not say.
    """
    draws = page.drawn.get(place)
    if not draws:
        return ""
    total = sum(draws.values())
    told: dict[str, object] = {"drawn": total, "numbers": ", ".join(draws)}
    if quantity is None:
        return gettext("%(drawn)s drawn by %(numbers)s") % told
    left = max(quantity - total, 0)
    words = gettext("%(drawn)s drawn by %(numbers)s; %(left)s left")
    return words % (told | {"left": left})
