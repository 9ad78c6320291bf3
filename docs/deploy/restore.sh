#!/bin/sh
# restore.sh FILE DATABASE: a backup into a database that is empty (its URL, as DUIZHAO_DB has it).
set -eu
file=$1 database=$2
tables=$(psql --no-psqlrc --tuples-only --no-align --command "select count(*) from pg_tables where schemaname = 'public'" "$database")
if [ "$tables" != 0 ]; then
    echo "the database has $tables tables already; restore into an empty one" >&2
    exit 1
fi
pg_restore --exit-on-error --single-transaction --no-owner --dbname="$database" "$file"
