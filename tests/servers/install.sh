#!/usr/bin/env bash
# Installs the programs that the tests run beside Python. Silent where none is missing.
# With --browser also Chromium, which tests of pages drive.
# Debian and Ubuntu, as root or with sudo that asks for no password; else it names the command.
set -euo pipefail

# Debian's packages, each with the programs that the tests call.
needed=(
    "openssh-server ${SSHD:-/usr/sbin/sshd}"
    "openssh-client ssh ssh-keygen sftp"
    "gpg gpg"
    "gpg-agent gpg-agent"
)
[ "${1:-}" != --browser ] || needed+=("chromium ${CHROMIUM:-chromium}")

find_missing() {
    local entry program
    missing=()
    for entry in "${needed[@]}"; do
        for program in ${entry#* }; do
            command -v "$program" >/dev/null || { missing+=("${entry%% *}"); break; }
        done
    done
}

fail() {
    printf '%s\n' "$@" >&2
    exit 1
}

find_missing
[ ${#missing[@]} -gt 0 ] || exit 0

command -v apt-get >/dev/null || fail \
    "The tests need programs that are missing. Debian's packages of them: ${missing[*]}" \
    "There is no apt-get here: install them as this system does."

as_root=()
if [ "$(id -u)" -ne 0 ]; then
    sudo -n true 2>/dev/null || fail \
        "The tests need programs that are missing, and only root can install them." \
        "Run: sudo apt-get update && sudo apt-get install ${missing[*]}"
    as_root=(sudo -n)
fi

# Set after sudo, which drops variables.
apt=("${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=120)

echo "Installing what the tests need: ${missing[*]}" >&2
# One source of packages that is out of order matters only where it has a missing package.
"${apt[@]}" update </dev/null >&2 || true
"${apt[@]}" install -y --no-install-recommends "${missing[@]}" </dev/null >&2

find_missing
[ ${#missing[@]} -eq 0 ] || fail "Installed, but programs of these packages are not found: ${missing[*]}"
