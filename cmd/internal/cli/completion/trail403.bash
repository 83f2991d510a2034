# bash completion for trail403; bash 3.2 or later, with bash-completion or without.
_trail403() {
	local word=${COMP_WORDS[COMP_CWORD]} program=$1 line value quote='' files=''
	case $program in \~/*) program=$HOME/${program#??} ;; esac
	case $word in [\'\"]*) quote=${word:0:1} word=${word:1} ;; esac
	local words=()
	if ((COMP_CWORD > 1)); then words=("${COMP_WORDS[@]:1:COMP_CWORD-1}"); fi
	COMPREPLY=()
	while IFS= read -r line; do
		if [ "$line" = :files ]; then
			files=yes
			continue
		fi
		value=${line%%$'\t'*}
		if [ "$word" = = ]; then value=${value#=}; fi # --flag=, of which bash replaces what follows
		case $quote$value in
		[\'\"]*) ;;
		*[!A-Za-z0-9,._=:/-]*) printf -v value %q "$value" ;;
		esac
		COMPREPLY+=("$value")
	done < <("$program" __complete ${words[@]+"${words[@]}"} "$word" 2>/dev/null)
	if [ "${#COMPREPLY[@]}" = 1 ]; then
		case ${COMPREPLY[0]} in *=) compopt -o nospace 2>/dev/null ;; esac
	fi
	# Bash itself completes names of files where there is nothing else.
	if [ -z "$files" ]; then compopt +o default 2>/dev/null; fi
	return 0
}
complete -o default -F _trail403 trail403
