"""The ways in: the command line, editors, other programs, spaCy pipelines."""
