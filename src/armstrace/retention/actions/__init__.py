"""Place and lift holds; propose, decide and repeat erasures."""
