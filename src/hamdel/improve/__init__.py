"""From findings to better wording."""
