"""What can be done with recovered items."""
