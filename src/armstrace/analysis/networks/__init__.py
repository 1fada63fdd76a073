"""Networks of arms, people, places and cases: neighbourhoods, paths, communities."""
