"""Matchers of the family empathy, a file each."""
