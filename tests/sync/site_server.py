"""A static web server on loopback that counts what it is asked, and can be told to misbehave."""
import hashlib, http.server, re, ssl, subprocess, threading
from pathlib import Path


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def do_GET(self):
        site = self.server.site
        path = self.path.split("?")[0]
        trick = site.tricks.get(path) or site.tricks.get("*")
        body = None
        file = site.folder / path.lstrip("/")
        if file.is_file() and site.folder in file.resolve().parents:
            body = file.read_bytes()
        if trick:
            body = trick(self, body)
            if body is None:
                site.note(path, "trick", 0)
                return
        if body is None:
            return self.answer(404, b"")
        etag = '"%s"' % hashlib.sha256(body).hexdigest()[:16]
        if self.headers.get("If-None-Match") == etag:
            return self.answer(304, b"", etag)
        wanted = re.fullmatch(r"bytes=(\d+)-", self.headers.get("Range", ""))
        if wanted and self.headers.get("If-Range") in (None, etag) and int(wanted[1]) < len(body):
            first = int(wanted[1])
            return self.answer(206, body[first:], etag,
                               [("Content-Range", f"bytes {first}-{len(body) - 1}/{len(body)}")])
        self.answer(200, body, etag)

    def answer(self, status, body, etag=None, more=()):
        self.send_response(status)
        if etag:
            self.send_header("ETag", etag)
        for name, value in more:
            self.send_header(name, value)
        if status != 304:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
        self.server.site.note(self.path.split("?")[0], status, len(body))


class Site:
    """folder is served at self.url until close()."""

    def __init__(self, folder, tls=None):
        self.folder = Path(folder).resolve()
        self.requests = []  # (path, status, bytes of the body)
        self.tricks = {}    # path → f(handler, body) → body, or None when it answered itself
        self.lock = threading.Lock()
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.server.handle_error = lambda *_: None  # an asker that was killed
        self.server.site = self
        if tls:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(*tls)
            self.server.socket = context.wrap_socket(self.server.socket, server_side=True)
        host = "localhost" if tls else "127.0.0.1"
        self.url = f"{'https' if tls else 'http'}://{host}:{self.server.server_address[1]}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def note(self, path, status, size):
        with self.lock:
            self.requests.append((path, status, size))

    def take(self):
        """What was asked since the last call."""
        with self.lock:
            requests, self.requests = self.requests, []
        return requests

    def close(self):
        self.server.shutdown()
        self.server.server_close()


def make_certificate(folder, name="localhost", days="30"):
    """(certificate, key) of one that is its own authority, good for name."""
    certificate, key = Path(folder) / f"{name}.pem", Path(folder) / f"{name}.key"
    subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", days, "-subj",
                    f"/CN={name}", "-addext", f"subjectAltName=DNS:{name}", "-out", certificate, "-keyout",
                    key], check=True, capture_output=True)
    return str(certificate), str(key)
