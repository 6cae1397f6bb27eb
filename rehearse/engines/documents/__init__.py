"""Documents: the text of a job ad out of a file."""
