"""Organisations and people: who works here, in which role, and what was done by whom."""
