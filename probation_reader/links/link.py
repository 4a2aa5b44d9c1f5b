"""What a link is. Pure."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Link:
    """A run of characters that leads somewhere.

    Args:
        start: offset of its first character in the text.
        end: offset just past its last character.
        address: what is opened; as it was written if it is refused.
        host: where that leads, in ASCII, with the port if one is named; empty if nowhere.
        refused: why it is not opened, a sentence without a full stop; else empty.
        longer: the link if the next line belongs to it, where that may be.
        masked: whether it looks as if it led to another host than it does.
    """

    start: int
    end: int
    address: str
    host: str
    refused: str = ""
    longer: Link | None = None
    masked: bool = False

    @property
    def spoken_host(self) -> str:
        """The host, followed by the same in its own letters where they are others."""
        try:
            written = ".".join(map(_in_its_letters, self.host.split(".")))
        except UnicodeError:
            return self.host
        if written == self.host or not written.isprintable():
            return self.host
        return f"{self.host} ({written})"


def _in_its_letters(label: str) -> str:
    coded = label.startswith("xn--")
    return label[4:].encode().decode("punycode") if coded else label
