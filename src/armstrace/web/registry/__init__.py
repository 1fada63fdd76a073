"""The registry: the list, one arm with its life, the quick look-up."""
