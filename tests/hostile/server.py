#!/usr/bin/env python3
"""A web server that behaves badly: one named behaviour for each first part of the path.

usage: server.py [PORT]          prints its address and serves until it is killed

As a module: Server(certificate=None) serves on 127.0.0.1 in threads of its own; what it was asked is
in .requests, and .connections and .most_at_once count. Bodies are content(path, size): the same path
gives the same bytes. Behaviours take the rest of the path as words: /plain/1000, /cut/1000/1.
"""
import gzip, hashlib, http.server, select, socketserver, ssl, sys, threading, time, zlib

DATE = "Wed, 01 Jan 2025 00:00:00 GMT"
LOGIN = b"<!DOCTYPE html><title>Login</title><form>...</form>"
BEHAVIOURS = {}


def behaviour(function):
    BEHAVIOURS[function.__name__.replace("_", "-")] = function
    return function


def content(name, size):
    block = hashlib.sha256(name.encode()).digest()
    block = b"".join(hashlib.sha256(block + bytes([i])).digest() for i in range(128))
    return (b"#" + block * (size // len(block) + 1))[:size]


class Request:
    """What a behaviour has in hands."""

    def __init__(self, handler, server, words):
        self.handler, self.server, self.words = handler, server, words
        self.path, self.headers = handler.path, handler.headers
        self.turn = 1 + len(server.asked(self.path))  # 1: asked for the first time
        self.sent = 0

    def number(self, index):
        return int(self.words[index])

    def head(self, status, **headers):
        self.handler.send_response(status)
        for name, value in headers.items():
            self.handler.send_header(name.replace("_", "-"), str(value))
        self.handler.end_headers()

    def send(self, data):
        self.handler.wfile.write(data)
        self.sent += len(data)

    def chunk(self, data):
        self.send(b"%x\r\n%s\r\n" % (len(data), data))

    def hang_up(self):
        self.handler.close_connection = True

    def wait_for_its_end(self):
        select.select([self.handler.connection], [], [], 60)
        self.hang_up()

    def start(self):
        """Where the client wants the body to begin; 0: it asks for the whole."""
        wanted = self.headers.get("Range", "")
        return int(wanted[6:-1]) if wanted.startswith("bytes=") and wanted.endswith("-") else 0

    def rest(self, body, etag='"v1"', until=None):
        """Answers as a good server would, 206 or 200, but sends only up to `until`."""
        start = self.start()
        if self.headers.get("If-Range", etag) != etag:
            start = 0
        if start:
            self.head(206, Content_Range=f"bytes {start}-{len(body) - 1}/{len(body)}",
                      Content_Length=len(body) - start, ETag=etag)
        else:
            self.head(200, Content_Length=len(body), ETag=etag)
        self.send(body[start:until])


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def setup(self):
        super().setup()
        with self.server.owner.lock:
            self.server.owner.connections += 1

    def do_GET(self):
        owner, words = self.server.owner, self.path.strip("/").split("/")
        with owner.lock:
            owner.at_once += 1
            owner.most_at_once = max(owner.most_at_once, owner.at_once)
            request = Request(self, owner, words[1:])
            owner.requests.append(request)
        try:
            BEHAVIOURS.get(words[0], lambda r: r.head(404, Content_Length=0))(request)
            self.wfile.flush()
        except (BrokenPipeError, ConnectionResetError, ssl.SSLError):
            self.close_connection = True
        finally:
            with owner.lock:
                owner.at_once -= 1

    def log_message(self, *_):
        pass


class Listener(socketserver.ThreadingMixIn, http.server.HTTPServer):
    daemon_threads = True
    request_queue_size = 64

    def finish_request(self, request, address):
        if self.owner.context:
            request.settimeout(60)
            try:
                request = self.owner.context.wrap_socket(request, server_side=True)
            except (OSError, ssl.SSLError):  # the client does not believe our certificate
                return
        super().finish_request(request, address)

    def handle_error(self, request, address):
        pass


class Server:
    def __init__(self, certificate=None, port=0):
        """certificate: a PEM file with key and certificate, for TLS"""
        self.lock, self.gate = threading.Lock(), threading.Event()
        self.requests, self.connections, self.at_once, self.most_at_once = [], 0, 0, 0
        self.other = None  # the address of another server, for redirects
        self.context = None
        if certificate:
            self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            self.context.load_cert_chain(certificate)
        self.listener = Listener(("127.0.0.1", port), Handler)
        self.listener.owner = self
        self.port = self.listener.server_address[1]
        self.url = f"http{'s' if certificate else ''}://127.0.0.1:{self.port}"
        threading.Thread(target=self.listener.serve_forever, daemon=True).start()

    def asked(self, path):
        return [r for r in self.requests if r.path == path]

    def sent(self, path):
        return sum(r.sent for r in self.asked(path))


@behaviour
def plain(request):
    """A good file of SIZE bytes, with ETag and Last-Modified, conditional."""
    body = content(request.path, request.number(0))
    if request.headers.get("If-None-Match") == '"v1"' or request.headers.get("If-Modified-Since") == DATE:
        request.head(304, ETag='"v1"')
        return
    request.head(200, Content_Length=len(body), ETag='"v1"', Last_Modified=DATE)
    request.send(body)


@behaviour
def resumable(request):
    """A good file that can be resumed."""
    request.rest(content(request.path, request.number(0)))


@behaviour
def gzipped(request):
    body = gzip.compress(content(request.path, request.number(0)) * 10)
    request.head(200, Content_Length=len(body), Content_Encoding="gzip")
    request.send(body)


@behaviour
def gzip_broken(request):
    body = bytearray(gzip.compress(content(request.path, 10000)))
    body[50:60] = bytes(10)
    request.head(200, Content_Length=len(body), Content_Encoding="gzip")
    request.send(bytes(body))


@behaviour
def bomb(request):
    """4 GiB of zeros in 4 MiB."""
    request.head(200, Content_Encoding="gzip", Transfer_Encoding="chunked")
    packer = zlib.compressobj(9, wbits=31)
    for _ in iter(int, 1) if len(request.words) > 1 else [0] * 4096:
        data = packer.compress(bytes(1 << 20))
        if data:
            request.chunk(data)
    request.chunk(packer.flush())
    request.chunk(b"")


@behaviour
def endless(request):
    """No length, and no end."""
    request.head(200, Transfer_Encoding="chunked")
    while request.sent < 1 << 30:
        request.chunk(content(request.path, 65536))


@behaviour
def endless_head(request):
    request.handler.send_response(200)
    request.handler.flush_headers()
    for i in iter(int, 1):
        request.send(b"X-%d: %s\r\n" % (i, b"x" * 4000))
        if request.sent > 1 << 28:
            return


@behaviour
def longer(request):
    """More bytes than Content-Length says."""
    size = request.number(0)
    request.head(200, Content_Length=size)
    request.send(content(request.path, size) + b"more and more" * 100)
    request.hang_up()


@behaviour
def chunked(request):
    """SIZE bytes whose length is not said before."""
    request.head(200, Transfer_Encoding="chunked")
    request.chunk(content(request.path, request.number(0)))
    request.chunk(b"")


@behaviour
def cut(request):
    """Of SIZE bytes a quarter at a time; hangs up the first N times."""
    size, cuts = request.number(0), request.number(1)
    body = content(request.path, size)
    request.rest(body, until=request.start() + size // 4 if request.turn <= cuts else None)
    if request.turn <= cuts:
        request.hang_up()


@behaviour
def cut_without_range(request):
    """Hangs up once; answers a Range with the whole."""
    body = content(request.path, request.number(0))
    request.head(200, Content_Length=len(body), ETag='"v1"')
    request.send(body[:len(body) // 2] if request.turn == 1 else body)
    if request.turn == 1:
        request.hang_up()


@behaviour
def cut_and_changed(request):
    """Hangs up once; then it is another file with another ETag."""
    size = request.number(0)
    etag = '"v1"' if request.turn == 1 else '"v2"'
    body = content(request.path + etag, size)
    request.rest(body, etag, until=size // 2 if request.turn == 1 else None)
    if request.turn == 1:
        request.hang_up()


@behaviour
def cut_and_wrong_range(request):
    """Hangs up once; answers a Range with another part than was asked for."""
    body = content(request.path, request.number(0))
    if request.start():
        request.head(206, Content_Range=f"bytes 0-{len(body) - 1}/{len(body)}", Content_Length=len(body))
        request.send(body)
        return
    request.head(200, Content_Length=len(body), ETag='"v1"')
    request.send(body[:len(body) // 2] if request.turn == 1 else body)
    if request.turn == 1:
        request.hang_up()


@behaviour
def cut_and_416(request):
    body = content(request.path, request.number(0))
    if request.start():
        request.head(416, Content_Length=0)
        return
    request.head(200, Content_Length=len(body), ETag='"v1"')
    request.send(body[:len(body) // 2] if request.turn == 1 else body)
    if request.turn == 1:
        request.hang_up()


@behaviour
def unasked_206(request):
    body = content(request.path, request.number(0))
    request.head(206, Content_Range=f"bytes 10-{len(body) - 1}/{len(body)}", Content_Length=len(body) - 10)
    request.send(body[10:])


@behaviour
def half_until_open(request):
    """Half of SIZE bytes, then nothing until the gate is open."""
    size = request.number(0)
    body = content(request.path, size)
    half = not request.server.gate.is_set()
    request.rest(body, until=size // 2 if half else None)
    if half:
        request.wait_for_its_end()


@behaviour
def stale(request):
    """Wrong bytes, unless asked for past the caches."""
    size = request.number(0)
    fresh = request.headers.get("Cache-Control") == "no-cache"
    request.head(200, Content_Length=size)
    request.send(content(request.path if fresh else "stale", size))


@behaviour
def wrong(request):
    request.head(200, Content_Length=request.number(0))
    request.send(content("wrong", request.number(0)))


@behaviour
def redirect_http(request):
    request.head(302, Location=f"http://127.0.0.1:{request.server.port}/plain/100", Content_Length=0)


@behaviour
def redirect_portal(request):
    request.head(302, Location=f"http://localhost:{request.server.port}/html", Content_Length=0)


@behaviour
def redirect_file(request):
    request.head(302, Location="file:///etc/hostname", Content_Length=0)


@behaviour
def redirect_other(request):
    """To the rest of the path at the other server."""
    request.head(302, Location=f"{request.server.other}/{'/'.join(request.words)}", Content_Length=0)


@behaviour
def redirects(request):
    """N times, then a good file."""
    left = request.number(0)
    request.head(302, Location=f"/redirects/{left - 1}" if left > 1 else "/plain/100", Content_Length=0)


@behaviour
def status(request):
    request.head(request.number(0), Content_Length=5)
    request.send(b"Sorry")


@behaviour
def html(request):
    request.head(200, Content_Type="text/html; charset=utf-8", Content_Length=len(LOGIN))
    request.send(LOGIN)


@behaviour
def html_as_json(request):
    body = b"\xef\xbb\xbf\r\n " + LOGIN
    request.head(200, Content_Type="application/json", Content_Length=len(body))
    request.send(body)


@behaviour
def drip(request):
    """A byte from time to time."""
    request.head(200, Content_Length=request.number(0))
    while request.sent < request.number(0):
        request.send(b"x")
        time.sleep(0.05)


@behaviour
def silent(request):
    """A head, and nothing behind it."""
    request.head(200, Content_Length=request.number(0))
    request.wait_for_its_end()


@behaviour
def deaf(request):
    """No answer at all."""
    request.wait_for_its_end()


@behaviour
def gathered(request):
    """Answers when four are here at once, and a little later, so that a fifth would be seen."""
    for _ in range(1000):
        if request.server.most_at_once >= 4:
            break
        time.sleep(0.01)
    time.sleep(0.05)
    plain(request)


if __name__ == "__main__":
    print(Server(port=int(sys.argv[1]) if len(sys.argv) > 1 else 0).url, flush=True)
    threading.Event().wait()
