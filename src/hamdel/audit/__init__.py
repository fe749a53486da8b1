"""A team's past replies as a whole: what is found in them, how often, and how sure that is."""
