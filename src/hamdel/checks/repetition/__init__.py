"""Matchers of the family repetition, a file each."""
