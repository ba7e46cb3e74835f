#!/bin/sh
# Builds one connection, for cron and whatever else knows no exit codes: runner-build.sh webshop
#
# Tries again where that may help: another build holds the warehouse (3), a server could not be reached (4).
# All other codes end it at once. RUNNER_PROJECT_DIR names the project.
set -u
tries=${TRIES:-3}
while :; do
    runner build --target prod --connection "$1" --wait --quiet
    code=$?
    tries=$((tries - 1))
    case $code in
        3 | 4) [ "$tries" -gt 0 ] || exit "$code" ;;
        *) exit "$code" ;;
    esac
    sleep "${PAUSE:-300}"
done
