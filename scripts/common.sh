# shellcheck shell=bash
# Shared by the scripts: where we are, what is installed, how to install the rest.
# Every function says in one French sentence what it cannot do, and stops.

set -euo pipefail
ROOT=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd)
cd -- "$ROOT"
VENV="$ROOT/.venv"
PY="$VENV/bin/python"
UV_VERSION=0.13.9

# shellcheck disable=SC2034 # used by the scripts that read this file
RUN_PACKAGES=(ca-certificates libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0)
# shellcheck disable=SC2034
TEST_PACKAGES=(postgresql redis-server chromium qpdf poppler-utils shellcheck)

say() { printf '%s\n' "$@"; }
stop_with() {
    printf '%s\n' "$@" >&2
    exit 1
}

# The value of a setting: the environment first, then the file .env, then the default.
setting() {
    local name=$1 default=$2 line
    if [[ -n ${!name:-} ]]; then
        printf '%s' "${!name}"
        return
    fi
    line=$(grep -E "^(export )?$name=" .env 2>/dev/null | tail -n 1) || true
    line=${line#*=}
    line=${line%[\"\']}
    line=${line#[\"\']}
    printf '%s' "${line:-$default}"
}

find_python() {
    local candidate
    for candidate in python3.11 python3; do
        if command -v "$candidate" >/dev/null && "$candidate" -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' 2>/dev/null; then
            command -v "$candidate"
            return
        fi
    done
}

missing_packages() {
    local package
    for package; do
        [[ $(dpkg-query --show --showformat='${db:Status-Status}' "$package" 2>/dev/null) == installed ]] || printf '%s\n' "$package"
    done
}

# Install the Debian packages that are missing; without the right to, print the one line to run.
need_packages() {
    local python missing=() apt=(apt-get) options=(-q -y -o DPkg::Lock::Timeout=600 --no-install-recommends)
    if ! command -v dpkg-query >/dev/null; then
        say "Ce système n'est pas une Debian : vérifiez vous-même la présence de : $*."
        return
    fi
    mapfile -t missing < <(missing_packages "$@")
    python=$(find_python)
    if [[ -z $python ]]; then
        missing+=(python3 python3-venv)
    elif [[ ! -x $PY ]] && ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
        missing+=(python3-venv)
    fi
    ((${#missing[@]})) || return 0
    if [[ $(id -u) != 0 ]]; then
        if ! command -v sudo >/dev/null; then
            stop_with "Il manque des paquets Debian. Lancez cette ligne, puis recommencez :" \
                "su -c 'apt-get update && apt-get install -y --no-install-recommends ${missing[*]}'"
        elif ! sudo -n true 2>/dev/null; then
            stop_with "Il manque des paquets Debian. Lancez cette ligne, puis recommencez :" \
                "sudo sh -c 'apt-get update && apt-get install -y --no-install-recommends ${missing[*]}'"
        fi
        apt=(sudo -n apt-get)
    fi
    say "Installation de paquets Debian : ${missing[*]}"
    export DEBIAN_FRONTEND=noninteractive
    "${apt[@]}" install "${options[@]}" "${missing[@]}" >/dev/null 2>&1 </dev/null && return
    "${apt[@]}" update -q >/dev/null </dev/null || say "apt-get update a échoué : on essaie avec les listes présentes."
    "${apt[@]}" install "${options[@]}" "${missing[@]}" >/dev/null </dev/null ||
        stop_with "L'installation de ces paquets a échoué : ${missing[*]}. Vérifiez le réseau et les dépôts de cette machine."
}

digest() { cat -- "$@" | sha256sum | cut -d' ' -f1; }

# Make the virtual environment, or bring it up to date. `need_venv run` or `need_venv test`.
# A stamp holds the digest of what was installed: when it is right, nothing is done.
need_venv() {
    local kind=$1 files=(requirements.txt) wanted lock python
    if [[ $kind == test ]]; then files+=(requirements-dev.txt); fi
    wanted=$(digest "${files[@]}")
    exec {lock}<"$ROOT" # two commands at once: the second waits here
    flock "$lock"
    if [[ $(cat "$VENV/.installed-$kind" 2>/dev/null) != "$wanted" ]] || ! "$PY" -c '' 2>/dev/null; then
        python=$(find_python)
        if ! "$PY" -m pip --version >/dev/null 2>&1; then
            say "Création de l'environnement Python (.venv)"
            "$python" -m venv --clear "$VENV" || stop_with "La création de l'environnement Python (.venv) a échoué."
        fi
        say "Installation des bibliothèques Python (${files[*]})"
        install_requirements "${files[-1]}"
        digest requirements.txt >"$VENV/.installed-run" # what the tests need holds what the application needs
        printf '%s\n' "$wanted" >"$VENV/.installed-$kind"
    fi
    exec {lock}<&-
}

# uv installs in seconds; pip does the same in a minute where uv cannot be had, or reads its settings otherwise.
install_requirements() {
    local pip=("$PY" -m pip --disable-pip-version-check)
    "${pip[@]}" install -q "uv==$UV_VERSION" >/dev/null 2>&1 || true
    if [[ -x $VENV/bin/uv ]] && "$VENV/bin/uv" pip install -q --python "$PY" -r "$1" 2>/dev/null; then
        return
    fi
    "${pip[@]}" install -q -r "$1" ||
        stop_with "L'installation des bibliothèques Python a échoué : vérifiez le réseau, puis recommencez."
}
