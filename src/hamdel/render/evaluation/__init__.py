"""An evaluation: for people and as JSON."""
