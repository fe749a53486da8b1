"""Wordings: templates, what they may ask for and cost, and Persian grammar for their slots."""
