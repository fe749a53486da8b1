"""What is known of a draft whichever checks are on: what each sentence does, by rules and by a model that learned."""
