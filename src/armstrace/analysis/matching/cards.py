"""The plain values that matching works on."""

from dataclasses import dataclass
from typing import NamedTuple

FIELDS = ("make", "model", "calibre", "type", "country")


class Card(NamedTuple):
    """A registered arm, reduced to what is compared.

    The other fields are canonical values; empty means not known.
    """

    # The registry's own identifier of the arm.
    registry_id: str
    type: str = ""
    make: str = ""
    model: str = ""
    calibre: str = ""
    # Search key of the serial; empty where the arm bears none.
    serial: str = ""
    country: str = ""
    import_country: str = ""
    # Name of the importer marked on the arm, where known.
    importer: str = ""
    # Search keys of what is left of a serial that is cut where its parts join; only for
    # the keys, not compared.
    ends: tuple[str, ...] = ()
    # Search keys of further numbers on the arm, as on its barrel; only for the keys.
    others: tuple[str, ...] = ()

    @property
    def without_serial(self) -> tuple[str, ...]:
        """All that is compared but the serial."""
        return self[1:5] + self[6:9]


@dataclass(frozen=True, slots=True)
class Query:
    """What could be read on an arm.

    The other fields are canonical values; empty means not read.
    """

    # The file's or record's own identifier.
    query_id: str = ""
    type: str = ""
    make: str = ""
    model: str = ""
    calibre: str = ""
    # Search key of the serial; ``?`` stands for an unread character, ``*`` for an
    # unknown stretch; empty where nothing was read.
    serial: str = ""
    country: str = ""
    import_country: str = ""
    # Search key of a number that the import mark carries; a register may hold it in the
    # place of the serial.
    import_number: str = ""
    # Search keys of its beginnings and ends, where it is written in parts; a register
    # may hold one of them for the whole.
    ends: tuple[str, ...] = ()
    # Search keys of further numbers on the arm, as on its barrel; a register may hold
    # one of them.
    others: tuple[str, ...] = ()
