"""Pages of special techniques."""
