"""Replies made comparable: what changes from customer to customer becomes one symbol."""
