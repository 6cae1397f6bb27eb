"""Language models behind an address."""
