"""Reports on many texts, for people, pipes, editors and continuous integration."""
