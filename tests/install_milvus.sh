#!/usr/bin/env bash
# Installs the Milvus server that tests/milvus_server.py starts, in a virtual environment of its own in the user's cache.
set -euo pipefail
PYTHON=${PYTHON:-python3}
home=${XDG_CACHE_HOME:-$HOME/.cache}/duizhao-tests/milvus-2.3.5
if [ -x "$home/bin/python" ] && "$home/bin/python" -c 'import milvus' 2>/dev/null; then
    exit 0
fi
rm -rf "$home"
"$PYTHON" -m venv "$home"
"$home/bin/python" -m pip install --quiet --disable-pip-version-check milvus==2.3.5
