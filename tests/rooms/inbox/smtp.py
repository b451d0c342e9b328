"""A mail server of thirty lines on the loopback interface: real sockets, real answers."""

from __future__ import annotations

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager


class Server(socketserver.ThreadingTCPServer):
    """Keeps what it is handed; *answers* override what it says to a command."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, answers: dict[str, str]) -> None:
        super().__init__(("127.0.0.1", 0), _Talk)
        self.answers = answers
        self.mails: list[str] = []
        self.envelopes: list[str] = []


class _Talk(socketserver.StreamRequestHandler):
    server: Server

    def handle(self) -> None:
        self._say("220 test")
        for raw in self.rfile:
            line = raw.decode().strip()
            word = line.split(" ", 1)[0].upper()
            if word == "QUIT":
                self._say("221 bye")
                return
            if word in ("MAIL", "RCPT"):
                self.server.envelopes.append(line)
            self._say(self.server.answers.get(word, "354 go" if word == "DATA" else "250 ok"))
            if word == "DATA" and "DATA" not in self.server.answers:
                self.server.mails.append(self._text())
                self._say("250 kept")

    def _text(self) -> str:
        lines: list[str] = []
        for raw in self.rfile:
            if raw == b".\r\n":
                break
            lines.append(raw.decode())
        return "".join(lines)

    def _say(self, text: str) -> None:
        self.wfile.write(f"{text}\r\n".encode())


@contextmanager
def smtp(**answers: str) -> Iterator[Server]:
    """Run a server that says ``250 ok`` but where *answers* say otherwise (``RCPT="550 no such user"``)."""
    with Server(answers) as server:
        thread = threading.Thread(target=server.serve_forever, args=[0.05], daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()
