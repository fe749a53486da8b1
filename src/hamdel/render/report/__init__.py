"""A report, fixes and improvements: for terminals, JSON and lines."""
