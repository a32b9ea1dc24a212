#!/bin/sh
# One database and one role for each service; a role enters its own database only.
set -eu
for service in price margin liquidation sentiment; do
  password=$(cat "/etc/delever/roles/$service/password")
  psql -v ON_ERROR_STOP=1 -U postgres -d postgres -v role="$service" -v password="$password" <<'SQL'
CREATE ROLE :"role" LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION PASSWORD :'password';
CREATE DATABASE :"role" OWNER :"role";
REVOKE ALL ON DATABASE :"role" FROM PUBLIC;
SQL
done
psql -v ON_ERROR_STOP=1 -U postgres -d postgres -c 'REVOKE ALL ON DATABASE postgres, template1 FROM PUBLIC'
