"""Pages of the catalogue: those of the public, and those where a fiche is written and published."""
