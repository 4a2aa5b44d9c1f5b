"""A real OpenSSH server of the test's own on loopback, and how to reach it."""

from __future__ import annotations

import getpass
import os
import socket
import subprocess
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tests.e2e.terminal import need

if TYPE_CHECKING:
    from collections.abc import Iterator

_SERVER = """
ListenAddress 127.0.0.1
Port {port}
HostKey {folder}/host
AuthorizedKeysFile {folder}/mine.pub
PidFile none
UsePAM no
StrictModes no
PermitRootLogin prohibit-password
PasswordAuthentication no
KbdInteractiveAuthentication no
PrintMotd no
PrintLastLog no
"""


@dataclass(frozen=True)
class Server:
    """A server that runs.

    Args:
        folder: its keys and its configuration.
        port: where it listens on 127.0.0.1.
    """

    folder: Path
    port: int

    def login(self, command: str, *, port: int) -> list[str]:
        """Return the ssh command that runs a shell command there, on a terminal.

        Args:
            command: for the user's shell.
            port: of the server, or of a relay to it.
        """
        known = self.folder / "known"
        host = (self.folder / "host.pub").read_text(encoding="ascii").strip()
        known.write_text(f"[127.0.0.1]:{port} {host}\n", encoding="ascii")
        options = {
            "IdentityFile": self.folder / "mine",
            "IdentitiesOnly": "yes",
            "IdentityAgent": "none",
            "UserKnownHostsFile": known,
            "GlobalKnownHostsFile": "none",
            "StrictHostKeyChecking": "yes",
            "UpdateHostKeys": "no",
            "BatchMode": "yes",
            "LogLevel": "ERROR",
        }
        words = [word for name, value in options.items() for word in ("-o", f"{name}={value}")]
        who = f"{getpass.getuser()}@127.0.0.1"
        return [
            need("ssh", "openssh-client"),
            "-F",
            "none",
            "-tt",
            *words,
            "-p",
            str(port),
            who,
            command,
        ]


@contextmanager
def serving(folder: Path) -> Iterator[Server]:
    """Run a server with keys made for it.

    Args:
        folder: an empty one, for its keys and configuration.
    """
    sshd = need("sshd", "openssh-server")
    keygen = need("ssh-keygen", "openssh-client")
    if os.geteuid() == 0:
        Path("/run/sshd").mkdir(mode=0o755, exist_ok=True)  # where sshd shuts its helper in
    for key in ("host", "mine"):
        make = [keygen, "-q", "-t", "ed25519", "-N", "", "-f", str(folder / key)]
        subprocess.run(make, check=True)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    settings = folder / "sshd_config"
    settings.write_text(_SERVER.format(port=port, folder=folder), encoding="utf-8")
    with subprocess.Popen(
        [sshd, "-D", "-e", "-f", str(settings)], stderr=subprocess.PIPE, text=True
    ) as process:
        try:
            _await_listening(process)
            yield Server(folder, port)
        finally:
            process.terminate()
            process.communicate()


def _await_listening(process: subprocess.Popen[str]) -> None:
    assert process.stderr is not None
    said = []
    for line in process.stderr:
        said.append(line)
        if "listening" in line:
            return
    message = "sshd did not start:\n" + "".join(said)
    raise RuntimeError(message)
