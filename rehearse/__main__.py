"""`python -m rehearse`: the same as the command `rehearse`."""

from rehearse.cli import main

if __name__ == "__main__":
    main()
