"""What is measured: nginx as the limit, FreeCC in one or several versions, and proxies that run already."""
import collections
import hashlib
import os
import pathlib
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request

import processes

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent
CACHE = pathlib.Path(os.environ.get("XDG_CACHE_HOME") or pathlib.Path.home() / ".cache", "freecc-bench")

# For each API: the provider of FreeCC's that speaks it, its settings, and the path that a client of the provider itself asks.
DIALECTS = {
    "chat": ("groq", {"GROQ_API_KEY": "key", "GROQ_API_BASE": "{upstream}/v1"}, "/v1/chat/completions"),
    "responses": ("openai", {"OPENAI_API_KEY": "key", "OPENAI_API_BASE": "{upstream}/v1", "OPENAI_DIALECT": "responses"}, "/v1/responses"),
    "gemini": ("gemini", {"GEMINI_API_KEY": "key", "GEMINI_API_BASE": "{upstream}/v1beta"},
               "/v1beta/models/{model}:streamGenerateContent?alt=sse"),
    "converse": ("bedrock", {"AWS_ACCESS_KEY_ID": "AKIDEXAMPLE", "AWS_SECRET_ACCESS_KEY": "secret", "AWS_REGION": "us-east-1",
                             "BEDROCK_API_BASE": "{upstream}"}, "/model/{model}/converse-stream"),
    "anthropic": ("anthropic", {"ANTHROPIC_API_KEY": "key", "ANTHROPIC_API_BASE": "{upstream}"}, "/v1/messages"),
}


def compiled(name):
    """A tool written in C, compiled when its source has changed."""
    source = HERE / f"{name}.c"
    program = CACHE / f"{name}-{hashlib.sha256(source.read_bytes() + (HERE / 'mark.h').read_bytes()).hexdigest()[:12]}"
    if not program.exists():
        CACHE.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=CACHE) as work:
            subprocess.run(["cc", "-O2", "-Wall", "-Wextra", "-o", f"{work}/{name}", source], check=True)
            os.replace(f"{work}/{name}", program)
    return program


class Mock:
    """The provider. With TLS, an nginx before it has a certificate of the bench's own authority, and offers HTTP/2 as providers do."""

    def __init__(self, work, port=None, with_tls=False):
        self.port = port or processes.free_port()
        self.process = subprocess.Popen([compiled("mock"), str(self.port)], start_new_session=True)
        processes.await_port(self.port, self.process)
        self.url, self.authority, self.tls = f"http://127.0.0.1:{self.port}", None, None
        if with_tls:
            self.authority = certificate(work)
            self.tls = Nginx(work / "tls", self.url, f"ssl http2; ssl_certificate {work}/mock.pem; ssl_certificate_key {work}/mock.key")
            self.url = f"https://localhost:{self.tls.port}"

    def stop(self):
        for one in (self.tls, self):
            if one:
                processes.stop(one.process)


def certificate(work):
    """Makes mock.pem and mock.key for localhost, and the authority's own certificate, whose path it returns."""
    def openssl(*arguments):
        subprocess.run(["openssl", *arguments], cwd=work, check=True, capture_output=True)
    curve = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
    openssl("req", "-x509", *curve, "-keyout", "authority.key", "-out", "authority.pem", "-days", "30", "-subj", "/CN=FreeCC bench")
    openssl("req", *curve, "-keyout", "mock.key", "-out", "mock.csr", "-subj", "/CN=localhost")
    (work / "mock.ext").write_text("subjectAltName=DNS:localhost,IP:127.0.0.1\n")
    openssl("x509", "-req", "-in", "mock.csr", "-CA", "authority.pem", "-CAkey", "authority.key", "-CAcreateserial", "-days", "30",
            "-extfile", "mock.ext", "-out", "mock.pem")
    return work / "authority.pem"


class Subject:
    """Something that passes requests on: how it is asked, and which processes it consists of. `served` counts its streams of each API."""

    name, address, port, process, is_anthropic = "", "127.0.0.1", 0, None, True

    def __init__(self):
        self.served = collections.Counter()

    def pids(self):
        return processes.family(self.process.pid) if self.process else []

    def path(self, dialect, model):
        return "/v1/messages"

    def model(self, dialect, model):
        return model


class Nginx(Subject):
    """A reverse proxy that translates nothing: the limit of what a proxy can reach."""

    name, is_anthropic = "nginx", False

    def __init__(self, folder, upstream, server=""):
        super().__init__()
        self.port = processes.free_port()
        for part in ("body", "proxy", "fastcgi", "uwsgi", "scgi"):
            (folder / part).mkdir(parents=True)
        for above in (folder, folder.parent):
            above.chmod(0o755)   # its workers may be another user's
        temporary = " ".join(f"{part}_temp_path {folder}/{part};" for part in ("proxy", "fastcgi", "uwsgi", "scgi"))
        scheme, _, host = upstream.partition("://")
        (folder / "nginx.conf").write_text(f"""
            worker_processes 2; daemon off; pid {folder}/pid; error_log {folder}/errors; worker_rlimit_nofile 20000;
            events {{ worker_connections 9000; }}
            http {{
                access_log off; keepalive_requests 1000000; keepalive_timeout 300s; client_body_temp_path {folder}/body; {temporary}
                client_body_buffer_size 1m; client_max_body_size 64m; http2_max_concurrent_streams 1024;
                upstream provider {{ server {host}; keepalive 4096; keepalive_requests 1000000; }}
                server {{
                    listen 127.0.0.1:{self.port} {server};
                    location / {{
                        proxy_pass {scheme}://provider; proxy_http_version 1.1; proxy_set_header Connection ""; proxy_buffering off;
                        proxy_read_timeout 300s;
                    }}
                }}
            }}""")
        program = shutil.which("nginx", path=os.environ["PATH"] + ":/usr/sbin")
        if not program:
            raise SystemExit("nginx is not installed: apt-get install nginx-light")
        self.process = subprocess.Popen([program, "-c", folder / "nginx.conf", "-e", folder / "errors"], start_new_session=True)
        processes.await_port(self.port, self.process)

    def path(self, dialect, model):
        return DIALECTS[dialect][2].replace("{model}", model)


class Proxy(Subject):
    """Somebody else's, which speaks Anthropic's API, is told of the mock by whoever started it, and stays as it is."""

    def __init__(self, name, url, prefix=""):
        super().__init__()
        parts = urllib.parse.urlsplit(url)
        self.name, self.prefix, self.root = name, prefix, parts.path.rstrip("/")
        self.address, self.port = socket.gethostbyname(parts.hostname), parts.port or 80
        self.found = processes.listener(self.port) if self.address.startswith("127.") else []

    def pids(self):
        return self.found

    def path(self, dialect, model):
        return self.root + "/v1/messages"

    def model(self, dialect, model):
        return self.prefix + model


class FreeCC(Subject):
    """A checkout of FreeCC, started by its own ./jbang with a home, a cache and a log of its own."""

    def __init__(self, name, folder, upstream, dialect, settings, work):
        super().__init__()
        self.name, self.folder, self.work = name, pathlib.Path(folder).resolve(), work / name
        if not (self.folder / "jbang").is_file():
            raise SystemExit(f"{self.folder} is not a checkout of FreeCC")
        self.work.mkdir()
        cache = CACHE / hashlib.sha256(str(self.folder).encode()).hexdigest()[:12]
        (cache / "freecc").mkdir(parents=True, exist_ok=True)
        for jar in (CACHE.parent / "freecc").glob("jbang-*.jar"):
            if not (cache / "freecc" / jar.name).exists():
                shutil.copy(jar, cache / "freecc")
        usual = {name: value for name, value in os.environ.items() if name in ("PATH", "JAVA_HOME", "LANG") or name.startswith("JBANG_")}
        self.environment = {"JBANG_DIR": str(pathlib.Path.home() / ".jbang"), **usual, "HOME": str(self.work), "XDG_CACHE_HOME": str(cache),
                            "BIG_MODEL_PROVIDER": DIALECTS[dialect][0], "BIG_MODEL_NAME": "mock-20-0", "SMALL_MODEL_NAME": "mock-20-0"}
        for _, provider, _ in DIALECTS.values():
            self.environment |= {name: value.replace("{upstream}", upstream.url) for name, value in provider.items()}
        if upstream.authority:
            self.environment["SSL_CERT_FILE"] = str(upstream.authority)
        self.environment |= settings

    def prepare(self):
        """Compiles it, and waits for what ./jbang makes in the background for later starts."""
        self.start()
        kept, end = pathlib.Path(self.environment["XDG_CACHE_HOME"], "freecc"), time.monotonic() + 180
        if "AOTCache" in (self.folder / "jbang").read_text() and (kept / "command").exists() and not self.environment.get("CI"):
            trained = kept / ((kept / "command").read_text().partition("\n")[0] + ".aot")
            while not trained.exists() and time.monotonic() < end:
                time.sleep(0.5)
            if not trained.exists():
                print(f"{self.name} has no AOT cache yet: its starts are slower than they will be", file=sys.stderr)
        self.stop()

    def start(self, seconds=600):
        """Starts it, and returns how many milliseconds it took until it listened, and until it gave its first answer."""
        self.port, self.served = processes.free_port(), collections.Counter()
        begin = time.monotonic()
        with open(self.work / "output", "w") as output:
            self.process = self.run("serve", output, PORT=str(self.port))
        processes.await_port(self.port, self.process, seconds)
        listening = time.monotonic()
        urllib.request.build_opener(urllib.request.ProxyHandler({})).open(f"http://127.0.0.1:{self.port}/health", timeout=30).read()
        return (listening - begin) * 1000, (time.monotonic() - begin) * 1000

    def run(self, command, output, **settings):
        return subprocess.Popen([self.folder / "jbang", self.folder / "FreeCC.java", command], cwd=self.work, start_new_session=True,
                                env={**self.environment, **settings}, stdout=output, stderr=output)

    def stop(self):
        if self.process:
            processes.stop(self.process)
        self.process = None

    def model(self, dialect, model):
        return f"{DIALECTS[dialect][0]}/{model}"

    def commit(self):
        described = subprocess.run(["git", "-C", self.folder, "describe", "--always", "--dirty"], capture_output=True, text=True)
        return described.stdout.strip()
