"""Where a language model may be: this computer, or a host that is named in full."""

import pytest

from rehearse.errors import RehearseError
from rehearse.rehearsing.manager_address import parse_address


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("http://127.0.0.1:11434", "http://127.0.0.1:11434/v1"),
        ("127.0.0.1:11434/v1/", "http://127.0.0.1:11434/v1"),
        ("localhost:1234", "http://127.0.0.1:1234/v1"),
        ("http://[::1]:8080/api", "http://[::1]:8080/api"),
        ("HTTP://LOCALHOST:8080", "http://127.0.0.1:8080/v1"),
    ],
)
def test_loopback_addresses_are_this_computer(text: str, url: str) -> None:
    address = parse_address(text)
    assert (address.url, address.is_this_computer) == (url, True)


@pytest.mark.parametrize(
    "host",
    ["localhost.example.org", "127.0.0.1.example.org", "0.0.0.0", "192.168.1.4", "127.1",
     "2130706433", "localhost.", "[::ffff:192.168.1.4]"],
)  # fmt: skip
def test_anything_else_is_another_computer_and_is_named_in_full(host: str) -> None:
    assert not parse_address(f"https://{host}:8080/v1").is_this_computer
    with pytest.raises(RehearseError, match="is not this computer"):
        parse_address(f"{host}:8080")


@pytest.mark.parametrize(
    "text",
    ["", "http://", "ftp://127.0.0.1", "http://127.0.0.1:port", "http://exämple.org/", "nonsense ",
     "http://127.0.0.1\\@example.org/", "http://127.0.0.1%2eexample.org", "http://[::1",
     "http://me:key@127.0.0.1:8080", "http://127.0.0.1:8080@example.org", "http://127.0.0.1?a=b",
     "http://127.0.0.1:99999"],
)  # fmt: skip
def test_what_is_no_plain_address_is_refused(text: str) -> None:
    with pytest.raises(RehearseError):
        parse_address(text)
