"""What a draft does, told by rules: steps, items of lists, what others said, words for the same thing."""
