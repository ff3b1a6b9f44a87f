"""Frozen values of the work and their rules, on the standard library alone."""
