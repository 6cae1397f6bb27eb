"""Documents: the text of a job ad from a file."""
