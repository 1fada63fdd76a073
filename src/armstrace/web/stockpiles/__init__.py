"""Pages of stockpiles."""
