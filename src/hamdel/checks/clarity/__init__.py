"""Matchers of the family clarity, a file each."""
