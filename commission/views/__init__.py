"""Pages of the commission."""
