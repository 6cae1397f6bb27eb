"""Nothing leaves: the program's promise, tested from outside it (see __main__)."""
