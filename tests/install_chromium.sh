#!/usr/bin/env bash
# Installs the browser and the Chinese fonts that the tests of the app need, on Debian and Ubuntu; elsewhere by hand.
set -euo pipefail
if { command -v chromium || command -v chromium-browser; } >/dev/null && fc-list :lang=zh 2>/dev/null | grep -q .; then
    exit 0
fi
if ! command -v apt-get >/dev/null; then
    echo "Chromium and fonts for Chinese are needed for the tests: install them, so that chromium is on the PATH." >&2
    exit 1
fi
sudo=$([ "$(id -u)" = 0 ] || echo sudo)
$sudo apt-get update -qq
$sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium fonts-noto-cjk fontconfig
