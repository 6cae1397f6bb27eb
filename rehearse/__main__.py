"""`python -m rehearse`: the same as the command `rehearse`."""

import sys

try:
    from rehearse.cli import main
except KeyboardInterrupt:  # Ctrl-C while the program is still being loaded
    sys.exit(130)

if __name__ == "__main__":
    main()
