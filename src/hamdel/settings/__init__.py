"""Settings: their keys, where they come from, and whose are followed."""
