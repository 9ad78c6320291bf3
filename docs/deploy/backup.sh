#!/bin/sh
# backup.sh FOLDER: the database as it is now, and the settings. What is not in them can be made anew.
set -eu
umask 077
folder=$1 database=${DUIZHAO_DB:?say where the corpus is, as /etc/duizhao/environment does}
mkdir -p "$folder"
file="$folder/duizhao-$(date -u +%Y%m%dT%H%M%SZ).dump"
pg_dump --format=custom --no-owner --file="$file.part" "$database"
pg_restore --list "$file.part" >/dev/null # it can be read back
mv "$file.part" "$file"
if [ -f "${DUIZHAO_HOME:-}/settings.toml" ]; then cp "$DUIZHAO_HOME/settings.toml" "$folder/settings.toml"; fi
find "$folder" -name 'duizhao-*.dump*' -mtime +30 -delete
echo "$file"
