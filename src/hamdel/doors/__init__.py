"""Doors to the judgement: what each can be asked, and how the question comes in."""
