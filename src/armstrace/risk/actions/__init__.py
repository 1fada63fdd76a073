"""What can be done with declarations and lists for examination."""
