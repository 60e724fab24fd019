"""Mandate tracker: from an adopted resolution to the biennial report."""
