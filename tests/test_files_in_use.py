"""Files that another program has open: Windows says so, and is asked again."""

import pytest

from rehearse import files_in_use
from rehearse.files_in_use import when_free


class Scanner:
    """A program that lets go of the file after a number of tries. Elsewhere than on Windows the
    system's answer has to be made."""

    def __init__(self, tries: int, code: int = 32) -> None:
        self.tries, self.code = tries, code

    def __call__(self) -> str:
        if self.tries:
            self.tries -= 1
            error = PermissionError(13, "The process cannot access the file")
            error.winerror = self.code  # type: ignore[attr-defined,unused-ignore]
            raise error
        return "replaced"


@pytest.mark.parametrize("code", [5, 32, 33])
def test_a_file_that_is_in_use_for_a_moment_is_replaced_all_the_same(code: int) -> None:
    assert when_free(Scanner(3, code)) == "replaced"


def test_a_file_that_stays_in_use_is_an_error_after_a_while(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(files_in_use, "WAIT_S", 0.1)
    with pytest.raises(PermissionError):
        when_free(Scanner(1000))


def test_any_other_error_comes_at_once() -> None:
    scanner = Scanner(1000, code=112)  # the disk is full
    with pytest.raises(PermissionError):
        when_free(scanner)
    assert scanner.tries == 999
