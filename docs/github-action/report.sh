#!/usr/bin/env bash
# Writes the report to the summary of the run, annotates it, and ends with the exit code of
# trail403. FLAGS and SOURCES are split at spaces and line breaks, and not
# expanded otherwise.
set -euo pipefail
read -rd '' -a flags <<< "$FLAGS" || true # it ends at the end of the text
read -rd '' -a sources <<< "$SOURCES" || true
if [ -n "$FAIL_ON" ]; then
  flags+=(--fail-on "$FAIL_ON")
fi
summary="$RUNNER_TEMP/trail403.md"
code=0
trail403 report --quiet --annotations github --fit github-summary "${flags[@]}" \
  -o "$summary" -o "html:$PAGE" -o trail403.json -- "${sources[@]}" || code=$?
echo "exit-code=$code" >> "$GITHUB_OUTPUT"
if [ -e "$summary" ]; then
  cat "$summary" >> "$GITHUB_STEP_SUMMARY"
fi
exit "$code"
