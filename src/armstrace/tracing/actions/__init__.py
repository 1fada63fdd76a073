"""What can be done with traces."""
