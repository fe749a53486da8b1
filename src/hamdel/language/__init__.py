"""Persian text, read: tokens, words, sentences, zones; never changed."""
