"""Makes the learned reader's model from the corpus; see README.md."""
