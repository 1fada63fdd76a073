"""Reports to other instruments from the same records, with what they lack."""
