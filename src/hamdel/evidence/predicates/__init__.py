"""Named predicates: what a check's file may ask about a match."""
