"""Report: results as a person or a program reads them."""
