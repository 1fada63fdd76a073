"""What is kept of the figures."""

from armstrace.indicators.models.figures import Figure
from armstrace.indicators.models.publishing import (
    Publication,
    PublicationFile,
    PublicationWithdrawal,
)
from armstrace.indicators.models.returns import (
    EnteredFigure,
    ExplainedDifference,
    Return,
)
from armstrace.indicators.models.world import PublishedLine, PublishedRelease
