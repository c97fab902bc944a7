#!/bin/sh
# Installs the Debian packages named on the command line, or says which are missing and goes on when it cannot.
set -eu
missing=""
for package in "$@"; do
    dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q "ok installed" || missing="$missing $package"
done
[ -z "$missing" ] && exit 0
if [ "$(id -u)" = 0 ]; then
    root=""
elif sudo -n true 2>/dev/null; then
    root="sudo -n"
else
    echo "Не установлено / not installed:$missing" >&2
    echo "Установите / install them: sudo apt-get install$missing" >&2
    exit 0
fi
echo "Устанавливаю / installing:$missing" >&2
$root apt-get update -q >/dev/null
DEBIAN_FRONTEND=noninteractive $root apt-get install -y -q --no-install-recommends $missing >/dev/null
