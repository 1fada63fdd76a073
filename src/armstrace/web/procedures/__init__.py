"""Standing procedures: the inbox of steps, acts on a step, versions, figures."""
