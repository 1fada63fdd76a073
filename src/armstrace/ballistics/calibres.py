"""Calibres of marks, kept as written and compared as they are read."""

from functools import lru_cache

from armstrace.analysis.marks import calibres
from armstrace.ballistics.models import ClassCharacteristics


@lru_cache(maxsize=4096)
def read(text: str) -> str:
    """Give the canonical name of a calibre; as written where no table has it."""
    return calibres.read_calibre(text).value or text.strip().casefold()


def spellings(text: str) -> list[str]:
    """Give every spelling on record of a calibre, this one among them."""
    wanted = read(text)
    rows = ClassCharacteristics.objects.current().exclude(calibre="")
    written = rows.order_by().values_list("calibre", flat=True).distinct()
    return [text, *(one for one in written if read(one) == wanted)]
