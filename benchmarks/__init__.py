"""Synthetic plans and measurements."""
