"""Runs a Milvus server in a folder until the end of its input: ``python milvus_launcher.py FOLDER``.

It is run by the Python of ``tests/install_milvus.sh``, prints the port when the server answers, and ends with whoever
started it, however that ends. Every port is a free one, so that several servers run side by side; the packaged one
gives its embedded etcd a fixed one otherwise. Users must log in: root, Milvus.
"""

from __future__ import annotations

import socket
import sys
from pathlib import Path

import milvus  # type: ignore[import-not-found, unused-ignore]

TEMPLATE = Path(milvus.__file__).parent / "data" / "config.yaml.template"
ETCD = """name: default
data-dir: {folder}/etcd
listen-client-urls: http://127.0.0.1:{client}
advertise-client-urls: http://127.0.0.1:{client}
listen-peer-urls: http://127.0.0.1:{peer}
initial-advertise-peer-urls: http://127.0.0.1:{peer}
initial-cluster: default=http://127.0.0.1:{peer}
"""


def free_ports(count: int) -> list[int]:
    sockets = [socket.socket() for _ in range(count)]
    for each in sockets:
        each.bind(("127.0.0.1", 0))
    ports = [each.getsockname()[1] for each in sockets]
    for each in sockets:
        each.close()
    return ports


def configured(folder: Path) -> milvus.MilvusServer:
    settings = folder / "etcd.yaml"
    template = folder / "template.yaml"
    use = "  use:\n    embed: true"
    text = TEMPLATE.read_text("utf-8")
    assert text.count(use) == 1, "this package of Milvus has another template"
    template.write_text(text.replace(use, f"  config:\n    path: {settings}\n{use}"), "utf-8")
    config = milvus.MilvusServerConfig(data_dir=str(folder), template=str(template))
    config.glog_conf_file = str(TEMPLATE.with_name("glog.conf"))
    config.set("authorization_enabled", True)
    config.set("log.level", "warn")
    config.set("queryCoord.checkInterval", 100)  # milliseconds: each new collection waits for this when it is loaded
    config.set("queryCoord.distPullInterval", 100)
    names = [name for name in config.configurable_items if name.endswith("_port")]
    *ports, peer, web = free_ports(len(names) + 2)
    config.update(**dict(zip(names, ports, strict=True)))
    client = dict(zip(names, ports, strict=True))["etcd_port"]
    settings.write_text(ETCD.format(folder=folder, client=client, peer=peer), "utf-8")
    server = milvus.MilvusServer(config)
    server.webservice_port = web
    return server


def main() -> None:
    server = configured(Path(sys.argv[1]))
    try:
        server.start()
        sys.stdout.write(f"{server.listen_port}\n")
        sys.stdout.flush()
        sys.stdin.read()
    finally:
        server.stop()


if __name__ == "__main__":
    main()
