#!/usr/bin/env bash
# Installs the web server that tests/test_deployment.py puts in front of the app, on Debian and Ubuntu; elsewhere by hand.
set -euo pipefail
export PATH="$PATH:/usr/sbin:/sbin"
if command -v nginx >/dev/null && command -v openssl >/dev/null; then
    exit 0
fi
if ! command -v apt-get >/dev/null; then
    echo "nginx and OpenSSL are needed for the tests: install them, so that nginx is on the PATH." >&2
    exit 1
fi
sudo=$([ "$(id -u)" = 0 ] || echo sudo)
$sudo apt-get update -qq
$sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends nginx-light openssl
