"""Words that every layer shares: codes, actors, errors, sources, profiles."""
