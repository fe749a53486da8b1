"""Reports as text, lines or JSON: pure functions from a `Report` to what is printed."""
