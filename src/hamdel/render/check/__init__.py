"""A check: for people, JSON and documentation."""
