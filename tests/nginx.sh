#!/bin/sh
# packaging/nginx/fengcai.conf under a real nginx: what a screen and the caches on its way need.
# usage: nginx.sh BUILD; 77: nginx is not installed
set -eu
cd "$(dirname "$0")/.."
build=$(cd "$1" && pwd)
nginx=$(PATH=$PATH:/usr/sbin command -v nginx) || {
    echo "SKIP: no nginx"
    exit 77
}
work=$(mktemp -d)
server=
trap '[ -z "$server" ] || kill "$server"; rm -rf "$work"' EXIT
bad=0
say() {
    echo "$*"
    bad=1
}

# ------------------------------------------------------------ a site, and nginx on free ports
mkdir -p "$work/site/media" "$work/tls"
python3 - "$work" tests/hostile <<'PYTHON'
import hashlib, json, socket, sys
from pathlib import Path
work, site = Path(sys.argv[1]), Path(sys.argv[1]) / "site"
sys.path.insert(0, sys.argv[2])
import certificates
certificates.make(work / "tls")
text = json.dumps({"items": [{"id": str(i), "title": "案例" * 20} for i in range(100)]})
for name in ("feed.json", "keys.json", "page-%s.json" % ("0a" * 32)):
    (site / name).write_text(text)
for name in ("feed.json.minisig", "keys.json.minisig"):
    (site / name).write_text("untrusted comment: x\n" * 4)
names = []
for i in range(20):
    data = hashlib.sha256(b"%d" % i).digest() * 3000
    names.append(hashlib.sha256(data).hexdigest())
    (site / f"media/{names[-1]}.jpg").write_bytes(data)
(work / "names").write_text("\n".join(names))
sockets = [socket.socket() for _ in range(2)]
for s in sockets:
    s.bind(("127.0.0.1", 0))
(work / "ports").write_text(" ".join(str(s.getsockname()[1]) for s in sockets))
PYTHON
read -r port tls_port <"$work/ports" || true
sed -e "s|listen 80;|listen 127.0.0.1:$port;|; s|listen 443 ssl|listen 127.0.0.1:$tls_port ssl|" \
    -e '/listen \[::\]/d' -e "s|/etc/ssl/fengcai/[a-z]*\.pem|$work/tls/good.pem|" \
    -e "s|/srv/fengcai|$work/site|; s|/var/log/nginx/|$work/|" packaging/nginx/fengcai.conf >"$work/fengcai.conf"
cat >"$work/nginx.conf" <<EOF
$([ "$(id -u)" != 0 ] || echo 'user root root;')
daemon off;
pid $work/nginx.pid;
events {}
http {
    include /etc/nginx/mime.types;
    default_type application/octet-stream;
    client_body_temp_path $work/body; proxy_temp_path $work/proxy; fastcgi_temp_path $work/fastcgi;
    uwsgi_temp_path $work/uwsgi; scgi_temp_path $work/scgi;
    include $work/fengcai.conf;
}
EOF
"$nginx" -q -t -e stderr -p "$work" -c "$work/nginx.conf"
"$nginx" -e "$work/error.log" -p "$work" -c "$work/nginx.conf" &
server=$!

# ------------------------------------------------------------ questions and answers
cat >"$work/ask.py" <<'PYTHON'
"""ask.py PORT METHOD PATH [HEADER: VALUE]...: status, headers in lower case, number of bytes"""
import http.client, sys, time
port, method, path = int(sys.argv[1]), sys.argv[2], sys.argv[3]
for attempt in range(100):
    try:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
        connection.putrequest(method, path, skip_accept_encoding=True)
        break
    except ConnectionRefusedError:  # it is just starting
        time.sleep(0.1)
for line in sys.argv[4:]:
    connection.putheader(*line.split(": ", 1))
connection.endheaders()
answer = connection.getresponse()
print("status:", answer.status)
for name, value in answer.getheaders():
    print(f"{name.lower()}: {value}")
print("bytes:", len(answer.read()))
PYTHON
ask() { # METHOD PATH [HEADER: VALUE]...
    asked="$*"
    python3 "$work/ask.py" "$port" "$@" >"$work/answer"
}
has() { grep -qxiE "$1" "$work/answer" || say "$asked: no “$1” in:
$(cat "$work/answer")"; }
lacks() { ! grep -qiE "$1" "$work/answer" || say "$asked: “$1” in:
$(cat "$work/answer")"; }
value() { sed -n "s/^$1: //p" "$work/answer"; }
media=/media/$(head -1 "$work/names").jpg

for path in /feed.json /feed.json.minisig /keys.json /keys.json.minisig; do
    ask GET $path
    has 'status: 200'
    has 'cache-control: no-cache'
    has 'etag: "[^"]+"'
done
for path in "/page-$(printf '0a%.0s' $(seq 32)).json" "$media"; do
    ask GET "$path"
    has 'status: 200'
    has 'cache-control: public, max-age=31536000, immutable'
    has 'etag: "[^"]+"'
done
lacks 'content-encoding'

# an unchanged poll, of what came compressed and of what did not
for encoding in gzip identity; do
    ask GET /feed.json "Accept-Encoding: $encoding"
    [ $encoding = identity ] || has 'content-encoding: gzip'
    [ $encoding = identity ] || has 'vary: accept-encoding'
    has 'content-type: application/json'
    etag=$(value etag) date=$(value last-modified)
    ask GET /feed.json "Accept-Encoding: $encoding" "If-None-Match: $etag"
    has 'status: 304'
    has 'bytes: 0'
    has 'cache-control: no-cache'
    ask GET /feed.json "Accept-Encoding: $encoding" "If-Modified-Since: $date"
    has 'status: 304'
    ask GET /feed.json "Accept-Encoding: $encoding" 'If-None-Match: "other"'
    has 'status: 200'
done

# a part of a picture, of the same one and of another
ask GET "$media"
etag=$(value etag)
ask GET "$media" 'Range: bytes=1000-' "If-Range: $etag"
has 'status: 206'
has 'content-range: bytes 1000-95999/96000'
has 'bytes: 95000'
ask GET "$media" 'Range: bytes=1000-' 'If-Range: "other"'
has 'status: 200'
has 'bytes: 96000'
ask GET "$media" 'Accept-Encoding: gzip'
lacks 'content-encoding'

# what is not there is not remembered as such; nothing is listed, nothing is taken
ask GET /media/none.jpg
has 'status: 404'
lacks 'immutable'
for path in / /media/; do
    ask GET $path
    has 'status: (403|404)'
done
for method in POST PUT DELETE; do
    ask $method /feed.json 'Content-Length: 0'
    has 'status: 405'
done

# ours over TLS: HTTP/2, twenty pictures, and an unchanged poll
python3 - "$work" "$tls_port" >"$work/jobs" <<'PYTHON'
import json, sys
work, url = sys.argv[1], f"https://localhost:{sys.argv[2]}"
names = open(f"{work}/names").read().split()
print(json.dumps([{"url": f"{url}/media/{n}.jpg", "path": f"{work}/{n}", "sha256": n, "expected": 96000} for n in names]))
print(json.dumps([{"url": f"{url}/feed.json"}]))
PYTHON
fetch() { env -u http_proxy -u https_proxy -u all_proxy "$build/tests/fetch" "$build/libexec/fengcai" --ca "$work/tls/ca.pem"; }
fetch <"$work/jobs" >"$work/done"
[ "$(grep -o '"outcome":"done"' "$work/done" | wc -l)" = 21 ] || say "over TLS: $(cat "$work/done")"
etag=$(python3 -c 'import json, sys; print(json.dumps(json.loads(sys.stdin.readlines()[1])[0]["etag"]))' <"$work/done")
echo "[{\"url\": \"https://localhost:$tls_port/feed.json\", \"etag\": $etag}]" | fetch >"$work/done"
grep -q '"outcome":"unchanged"' "$work/done" || say "a poll with ETag $etag: $(cat "$work/done")"
kill -QUIT "$server"
wait "$server" || true
server=
[ "$(grep -c '"GET /media/.* HTTP/2.0" 200' "$work/fengcai.log")" = 20 ] || say "not by HTTP/2:
$(tail -25 "$work/fengcai.log")"
exit $bad
