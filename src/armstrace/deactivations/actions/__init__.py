"""What can be done with deactivations."""
