"""Certificates for TLS on 127.0.0.1, made by openssl in a folder: good ones and bad ones."""
import subprocess
from pathlib import Path

CONFIG = """
[ca]
default_ca = it
[it]
new_certs_dir = .
database = index
serial = serial
default_md = sha256
policy = any
x509_extensions = names
[any]
commonName = supplied
[names]
subjectAltName = {names}
[root]
basicConstraints = critical, CA:TRUE
"""
HERE = "IP:127.0.0.1, DNS:localhost"


def openssl(folder, *words):
    subprocess.run(["openssl", *words], cwd=folder, check=True, capture_output=True)


def key_and_request(folder, name):
    openssl(folder, "req", "-new", "-newkey", "rsa:2048", "-nodes", "-subj", f"/CN={name}",
            "-keyout", f"{name}.key", "-out", f"{name}.csr")


def issue(folder, name, names, start, end):
    """name.pem: key and certificate, issued by ca.pem."""
    (folder / "ca.cnf").write_text(CONFIG.format(names=names))
    key_and_request(folder, name)
    openssl(folder, "ca", "-batch", "-config", "ca.cnf", "-cert", "ca.pem", "-keyfile", "ca.key", "-in",
            f"{name}.csr", "-out", f"{name}.crt", "-startdate", start, "-enddate", end, "-notext")
    join(folder, name)


def join(folder, name):
    (folder / f"{name}.pem").write_text((folder / f"{name}.key").read_text() + (folder / f"{name}.crt").read_text())


def make(folder):
    """ca.pem, and good.pem, elsewhere.pem, expired.pem, early.pem of it; alone.pem signs itself."""
    folder = Path(folder)
    (folder / "ca.cnf").write_text(CONFIG.format(names=HERE))
    (folder / "index").write_text("")
    (folder / "index.attr").write_text("unique_subject = no\n")
    (folder / "serial").write_text("1000\n")
    for name, out, section in (("ca", "ca.pem", "root"), ("alone", "alone.crt", "names")):
        openssl(folder, "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "3650", "-subj", f"/CN={name}",
                "-keyout", f"{name}.key", "-out", out, "-config", "ca.cnf", "-extensions", section)
    join(folder, "alone")
    issue(folder, "good", HERE, "20200101000000Z", "20480101000000Z")
    issue(folder, "elsewhere", "DNS:elsewhere.example", "20200101000000Z", "20480101000000Z")
    issue(folder, "expired", HERE, "20200101000000Z", "20200201000000Z")
    issue(folder, "early", HERE, "20470101000000Z", "20480101000000Z")
