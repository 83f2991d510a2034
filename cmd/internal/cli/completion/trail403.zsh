#compdef trail403
# zsh completion for trail403
_trail403() {
  local line value files=''
  local -a values shown open openShown
  local program=${~words[1]}
  while IFS= read -r line; do
    if [[ $line == :files ]]; then
      files=yes
      continue
    fi
    value=${line%%$'\t'*}
    if [[ $value == *[^-]= ]]; then
      open+=("$value") openShown+=("${line/$'\t'/  -- }")
    else
      values+=("$value") shown+=("${line/$'\t'/  -- }")
    fi
  done < <("$program" __complete "${(@Q)words[2,CURRENT]}" 2>/dev/null)
  (( ${#values} )) && compadd -l -d shown -a values
  (( ${#open} )) && compadd -S '' -l -d openShown -a open
  if [[ -n $files ]]; then
    [[ $words[CURRENT] == --*=* ]] && compset -P '*='
    _files
  fi
}
if [[ $funcstack[1] == _trail403 ]]; then
  _trail403 "$@"
else
  compdef _trail403 trail403
fi
