"""What can be done before and at a disposal."""
