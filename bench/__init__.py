"""Measures of the product, run by `make bench`."""
