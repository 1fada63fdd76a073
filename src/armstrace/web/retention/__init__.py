"""Pages of retention: what is due and why not yet, holds, erasures."""
