# shellcheck shell=bash
# Everything that is checked without running a test. Cheapest first: the first fault stops.

step() {
    local title=$1
    shift
    say "— $title"
    "$@" || stop_with "Échec : $title."
}

# The settings that production cannot do without, made up: `check --deploy` must find nothing to say.
check_deployment() {
    env PRODUCTION=1 DEMO= DEBUG= DATA_DIR="$1" SECRET_KEY="$(head -c 48 /dev/urandom | base64)" \
        ALLOWED_HOSTS=referencement.example.fr BASE_URL=https://referencement.example.fr \
        DATABASE_URL=postgres://nom:secret@hote:5432/base REDIS_URL=rediss://hote:6379/0 \
        STORAGE_BUCKET=essai STORAGE_ENDPOINT=https://objets.example.fr STORAGE_ACCESS_KEY=cle STORAGE_SECRET_KEY=secret \
        EMAIL_URL=smtp+tls://nom:secret@hote:587 CLAMD_SOCKET=tcp://clamav:3310 \
        "$PY" manage.py check --deploy --fail-level WARNING
}

check_everything() {
    local folder=$1
    step "Format du code" "$PY" -m ruff format --quiet --check .
    step "Règles du code" "$PY" -m ruff check --quiet .
    step "Gabarits" "$PY" -m djlint templates --lint --quiet
    step "Scripts" shellcheck -x scripts/run scripts/reset scripts/test scripts/lint scripts/format scripts/bench .ci/run
    step "Étages de la maison" "$VENV/bin/lint-imports" --no-logo --no-cache
    step "Types" "$PY" -m mypy
    step "Migrations à jour" env DATA_DIR="$folder" DATABASE_URL= "$PY" manage.py makemigrations --check --dry-run
    step "Réglages de production" check_deployment "$folder"
}
