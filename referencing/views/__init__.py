"""Pages of the hall. Reading renders; writing redirects."""
