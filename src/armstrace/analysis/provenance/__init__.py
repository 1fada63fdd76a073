"""From dated life events to holders, gaps and the point of diversion."""
