#!/bin/sh
# Runs once, when the database is made: the role that serves owns nothing.
set -eu
psql --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" --set ON_ERROR_STOP=1 \
  --set password="$APP_PASSWORD" <<'SQL'
CREATE ROLE armstrace_app LOGIN PASSWORD :'password';
SQL
