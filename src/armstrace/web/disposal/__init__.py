"""Pages of conditions before disposal, and of lots."""
