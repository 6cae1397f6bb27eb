"""Report: a scorecard and a transcript as what a person, or a program, reads."""
