#!/bin/sh
# Puts edition folders, sites, and the desk over an archive of issues before outside validators:
# judge/run.sh output/2024-07-11/session public desk:output …
# Sets itself up first (npm packages and one Python package, pinned); needs node, java, qpdf and a Chromium already here.
set -eu

cd "$(dirname "$0")/.."
[ $# -gt 0 ] || { echo "usage: judge/run.sh FOLDER…" >&2; exit 2; }

missing=""
for tool in node npm java qpdf; do
    command -v "$tool" >/dev/null || missing="$missing $tool"
done
CHROMIUM="${CHROMIUM:-$(command -v chromium || command -v chromium-browser || command -v google-chrome || true)}"
[ -n "$CHROMIUM" ] || missing="$missing chromium"
if [ -n "$missing" ]; then
    echo "judge: not on this machine:$missing" >&2
    echo "  Debian: apt-get install nodejs npm default-jre-headless qpdf chromium" >&2
    echo "  macOS:  brew install node openjdk qpdf; brew install --cask chromium (or set CHROMIUM=…)" >&2
    exit 2
fi
export CHROMIUM

if ! cmp -s judge/package-lock.json judge/node_modules/.judge-lock; then
    # No install scripts: playwright-core would fetch a browser, and core-js prints an advertisement.
    npm ci --prefix judge --ignore-scripts --no-audit --no-fund --silent
    cp judge/package-lock.json judge/node_modules/.judge-lock
fi

python=.venv/bin/python
[ -x "$python" ] || python="${PYTHON:-python3}"
if ! cmp -s judge/requirements.txt judge/packages/.judge-lock; then
    "$python" -m pip install -qqq --disable-pip-version-check --upgrade --target judge/packages \
        --no-deps --require-hashes --only-binary :all: -r judge/requirements.txt
    cp judge/requirements.txt judge/packages/.judge-lock
fi
export PYTHONPATH="judge/packages:."
failed=0
for folder in "$@"; do
    case "$folder" in
    desk:*)
        "$python" judge/desk.py "${folder#desk:}" || failed=1
        continue
        ;;
    esac
    judge=judge/judge.py
    [ -f "$folder/.commentary-site.json" ] && judge=judge/built_site.py
    "$python" "$judge" "$folder" || failed=1
done
exit "$failed"
