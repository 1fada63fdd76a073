"""What can be done with stockpiles."""
