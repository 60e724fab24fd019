#!/bin/sh
# Builds tracker/static/app.css from the SCSS beside this script and GOV.UK Frontend, and packs what is served.
# Needs Node with npm and the network; the result is checked in, so that nothing else ever needs them.
set -eu

GOVUK_FRONTEND=6.6.0
SASS=1.108.2
# The order of the sources is the same everywhere.
export LC_ALL=C

cd "$(dirname "$0")"
command -v npm >/dev/null || { echo "npm was not found. Install Node 20 or later, or keep the style sheet as it is checked in." >&2; exit 1; }

workshop=$(mktemp -d)
trap 'rm -rf "$workshop"' EXIT
npm install --silent --no-save --no-package-lock --ignore-scripts --prefix "$workshop" \
  "govuk-frontend@$GOVUK_FRONTEND" "sass@$SASS"

digest=$(cat *.scss | sha256sum | cut -c 1-16)
{
  printf '/*! Mandate tracker, sources %s. Contains GOV.UK Frontend %s, MIT licence: licence-govuk-frontend.txt */\n' "$digest" "$GOVUK_FRONTEND"
  "$workshop/node_modules/.bin/sass" --style=compressed --no-source-map --no-charset \
    --load-path="$workshop/node_modules/govuk-frontend/dist" app.scss
} >"$workshop/app.css"
mv "$workshop/app.css" ../app.css
chmod 644 ../*.css

for file in ../*.css ../*.js ../*.svg; do
  gzip --best --no-name --stdout "$file" >"$file.gz"
done
wc -c ../*.css ../*.js ../*.svg ../*.gz
