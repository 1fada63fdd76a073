"""What is kept of the figures."""

from armstrace.indicators.models.figures import Figure

__all__ = ["Figure"]
