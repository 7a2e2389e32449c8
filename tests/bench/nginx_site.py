"""A folder served by nginx on loopback, at the lowest priority: a site is another machine."""
import os, shutil, socket, subprocess, time
from pathlib import Path


class NginxSite:
    """top/site is served at self.url until close(); top is for nginx's own files too."""

    def __init__(self, top):
        nginx = shutil.which("nginx", path=os.environ["PATH"] + ":/usr/sbin")
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        root = "user root root;" if os.getuid() == 0 else ""
        own = " ".join(f"{name}_temp_path {top}/nginx-{name};" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
        conf = Path(top) / "nginx.conf"
        conf.write_text(f"{root} daemon off; worker_processes 1; pid {top}/nginx.pid; events {{}}\n"
                        f"http {{ access_log off; {own} server {{ listen 127.0.0.1:{port}; root {top}/site; }} }}\n")
        self.url = f"http://127.0.0.1:{port}"
        self.process = subprocess.Popen(["nice", "-n", "19", nginx, "-e", f"{top}/nginx.log", "-p", top, "-c", conf])
        for _ in range(100):
            try:
                socket.create_connection(("127.0.0.1", port)).close()
                return
            except ConnectionRefusedError:
                time.sleep(0.1)

    def close(self):
        self.process.terminate()
        self.process.wait()
