"""The typed REST API: one module an area, one map of errors."""
