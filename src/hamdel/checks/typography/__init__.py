"""Matchers of the family typography, a file each."""
