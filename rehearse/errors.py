"""The one exception that a person using the program gets to see."""


class RehearseError(Exception):
    """Something a person can act on: what happened and where, and what to do next.

    Neither text may hold words spoken in a rehearsal.
    """

    def __init__(self, problem: str, remedy: str) -> None:
        super().__init__(problem)
        self.problem = problem
        self.remedy = remedy

    def __str__(self) -> str:
        return f"{self.problem} {self.remedy}"
