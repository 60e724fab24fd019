"""Pages of the biennial report: completeness, preview, making an edition, download."""
