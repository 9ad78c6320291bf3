#!/usr/bin/env bash
# Installs the PostgreSQL server that tests/store_databases.py starts, on Debian and Ubuntu; elsewhere install it by hand.
set -euo pipefail
if ls /usr/lib/postgresql/*/bin/createdb >/dev/null 2>&1 || { command -v initdb && command -v createdb; } >/dev/null; then
    exit 0
fi
if ! command -v apt-get >/dev/null; then
    echo "PostgreSQL is needed for the tests: install its server, so that initdb is on the PATH." >&2
    exit 1
fi
sudo=$([ "$(id -u)" = 0 ] || echo sudo)
$sudo apt-get update -qq
# No cluster of the system's own: the tests start a server for themselves.
$sudo mkdir -p /etc/postgresql-common
$sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends postgresql-common
echo "create_main_cluster = false" | $sudo tee -a /etc/postgresql-common/createcluster.conf >/dev/null
$sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends postgresql
