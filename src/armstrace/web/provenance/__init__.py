"""The chain of an arm, drawn and in words."""
