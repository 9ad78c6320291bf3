#!/usr/bin/env bash
# Installs the spreadsheet of LibreOffice, which a test opens our workbooks with, on Debian and Ubuntu; elsewhere install it by hand.
set -euo pipefail
if command -v soffice >/dev/null || command -v libreoffice >/dev/null; then
    exit 0
fi
if ! command -v apt-get >/dev/null; then
    echo "LibreOffice is needed for the tests: install it, so that soffice is on the PATH." >&2
    exit 1
fi
sudo=$([ "$(id -u)" = 0 ] || echo sudo)
$sudo apt-get update -qq
# Without what it recommends: no Java, no help, no desktop. The test runs it headless.
$sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends libreoffice-calc
