"""Pages of parallel cases."""
