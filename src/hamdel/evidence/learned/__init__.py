"""The learned reader: what each sentence does, what a reply lacks, what its ratings are made of."""
