"""Pages of the référentiels."""
