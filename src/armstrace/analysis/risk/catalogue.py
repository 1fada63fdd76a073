"""What an indicator is, and how it answers.

An indicator answers with a sentence that names its evidence where it hits, with
``NO_HIT`` where what is stated does not fit, and with ``UNTOLD`` where what it asks
for is not stated. It never guesses, and none of them is a finding.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from armstrace.analysis.risk.declarations import Declaration
from armstrace.analysis.risk.history import History
from armstrace.analysis.risk.parameters import Parameters
from armstrace.vocabulary.messages import Message
from armstrace.vocabulary.sources import Source


class Told(Enum):
    """The answers without evidence."""

    NO_HIT = "no hit"
    UNTOLD = "cannot be told"


NO_HIT, UNTOLD = Told.NO_HIT, Told.UNTOLD
type Answer = Message | Told


@dataclass(frozen=True, slots=True)
class Known:
    """What indicators are asked with, beside the declaration."""

    parameters: Parameters
    history: History


type Judge = Callable[[Declaration, Known], Answer]


@dataclass(frozen=True, slots=True)
class Indicator[J]:
    """One indicator of the catalogue."""

    # Such as ``CU-06``.
    code: str
    # What it looks for, in a line.
    title: Message
    source: Source
    # Fields without which it cannot be told.
    inputs: tuple[str, ...]
    # Settings that it counts by.
    parameters: tuple[str, ...]
    # The function; its docstring says how.
    judge: J


@dataclass(slots=True)
class Catalogue[J]:
    """Indicators of one family, in the order of their codes."""

    indicators: dict[str, Indicator[J]]

    def add(
        self,
        code: str,
        title: Message,
        source: Source,
        *,
        inputs: str,
        parameters: str = "",
    ) -> Callable[[J], J]:
        """Enter a function as an indicator.

        Args:
            code: Its code in the instruments.
            inputs: Names of fields, with blanks between.
            parameters: Names of settings, with blanks between.
        """

        def enter(judge: J) -> J:
            self.indicators[code] = Indicator(
                code,
                title,
                source,
                tuple(inputs.split()),
                tuple(parameters.split()),
                judge,
            )
            return judge

        return enter


CUSTOMS: Catalogue[Judge] = Catalogue({})
"""CU-01 to CU-33: on declarations, parcels and manifests."""
