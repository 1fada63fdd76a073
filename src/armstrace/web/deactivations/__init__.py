"""Pages of deactivations."""
