"""Pages of the evaluation. Reading renders; writing redirects."""
