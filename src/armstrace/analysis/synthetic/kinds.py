"""The kind of a country: its rates, and the words that it uses."""

from collections.abc import Mapping
from dataclasses import dataclass

from armstrace.analysis.synthetic import geography
from armstrace.analysis.synthetic.slots import Rates


@dataclass(frozen=True, slots=True)
class Kind:
    """The rates of a country and the words that it uses."""

    name: str
    # Its code, one that ISO 3166 leaves to users.
    home: str
    rates: Rates
    recoveries_a_set: int
    straws: int
    illicit: float
    # Weights of the ways to smuggle, in the order of ``Modus``.
    modi: tuple[int, ...]
    # How often illicit goods come with further signs, busy is 1.
    boldness: float = 1.0

    def person(self, name: str) -> str:
        """Give the name that a person of Varnia bears in this country."""
        return name

    def place(self, name: str) -> str:
        """Give the name that a place of Varnia bears in this country."""
        return name

    def tell(self, row: Mapping[str, str]) -> dict[str, str]:
        """Write a row of Varnia in the places, names and codes of this country."""
        return dict(row)


BUSY = Kind(
    geography.NAME, geography.HOME, Rates(), recoveries_a_set=400,
    straws=2, illicit=0.002, modi=(26, 20, 16, 14, 12, 12),
)  # fmt: skip
