"""What can be done with registered arms."""
