"""A real nginx over a built site, told what the site ships for it; a plain process on a free port."""

from __future__ import annotations

import http.client
import os
import shutil
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.browser.server import free_port

PATIENCE = 60.0
# As small as a host's own could be; the folders keep it off those of the system.
_CONFIGURATION = """
daemon off;
master_process off;
pid {run}/nginx.pid;
error_log {run}/error.log notice;
events {{}}
http {{
  access_log off;
  client_body_temp_path {run}/body;
  proxy_temp_path {run}/proxy;
  fastcgi_temp_path {run}/fastcgi;
  uwsgi_temp_path {run}/uwsgi;
  scgi_temp_path {run}/scgi;
  include "{site}/headers.nginx";
  server {{
    listen 127.0.0.1:{port};
    root "{root}";
    include "{site}/server.nginx";
  }}
}}
"""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server said, with names of headers in lower case."""

    status: int
    headers: Mapping[str, str]
    content: bytes


@dataclass(frozen=True, slots=True)
class Nginx:
    """An nginx that is running."""

    port: int
    check: str
    """What it says of its configuration (`nginx -t`)."""

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def get(self, address: str, **headers: str) -> Answer:
        """What is at an address. No header may come twice."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        connection.request("GET", address, headers={key.replace("_", "-"): headers[key] for key in headers})
        response = connection.getresponse()
        pairs = [(name.lower(), value) for name, value in response.getheaders()]
        assert len(dict(pairs)) == len(pairs), pairs
        answer = Answer(response.status, dict(pairs), response.read())
        connection.close()
        return answer


def executable() -> str:
    """The one that ATLAS_NGINX names, else the system's."""
    chosen = os.environ.get("ATLAS_NGINX", "")
    found = chosen or shutil.which("nginx", path=os.pathsep.join([os.environ.get("PATH", ""), "/usr/sbin"]))
    if not found:
        pytest.fail("no nginx was found: run tests/site/nginx.sh or set ATLAS_NGINX to its path")
    return found


@contextmanager
def nginx(site: Path, run: Path, root: Path | None = None) -> Iterator[Nginx]:
    """Serve a built site until the block ends; `root` is the host's folder, if the site is not all of it."""
    run.mkdir(parents=True, exist_ok=True)
    port = free_port()
    configuration = run / "nginx.conf"
    configuration.write_text(_CONFIGURATION.format(run=run, site=site, root=root or site, port=port), "utf-8")
    command = [executable(), "-p", str(run), "-c", str(configuration), "-e", str(run / "start.log")]
    checked = subprocess.run([*command, "-t"], capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stderr
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait(process, port, run)
        yield Nginx(port, checked.stderr)
    finally:
        process.terminate()
        process.wait(PATIENCE)


def _wait(process: subprocess.Popen[bytes], port: int, run: Path) -> None:
    deadline = time.monotonic() + PATIENCE
    while True:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
        try:
            connection.request("GET", "/")
            connection.getresponse().read()
            return
        except OSError:
            if process.poll() is not None or time.monotonic() > deadline:
                pytest.fail(f"nginx does not answer: {(run / 'error.log').read_text('utf-8')}")
            time.sleep(0.05)
        finally:
            connection.close()
