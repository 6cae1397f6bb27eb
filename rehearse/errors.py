"""RehearseError: the only exception that a user sees."""


class RehearseError(Exception):
    """Something a user can act on: what happened and where, and what to do next.

    Neither text may contain words spoken in a rehearsal.
    """

    def __init__(self, problem: str, remedy: str) -> None:
        super().__init__(problem)
        self.problem = problem
        self.remedy = remedy

    def __str__(self) -> str:
        return f"{self.problem} {self.remedy}"
