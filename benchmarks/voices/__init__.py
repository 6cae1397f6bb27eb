"""How well people are understood, by group, and whether the program knows when they are not."""
