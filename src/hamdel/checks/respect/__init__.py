"""Matchers of the family respect, a file each."""
