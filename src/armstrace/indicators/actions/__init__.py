"""What can be done with figures and returns."""
